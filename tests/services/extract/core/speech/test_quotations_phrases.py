"""Who can be the subject beside a verb: what opens as no noun phrase, owners and accused are not."""

import pytest

from tests.services.extract.core.speech.test_quotations_told import among

SCARE = "no speech"


@pytest.mark.parametrize(
    ("text", "language", "speaker"),
    [
        (
            "La esposa del presidente mexicano Paul Durand dijo en una radio que «la casa está en orden».",
            "es",
            "La esposa del presidente mexicano Paul Durand",
        ),
        (
            "El hijo del cantante Paul Durand aseguró que «todo está bien en la casa».",
            "es",
            "El hijo del cantante Paul Durand",
        ),
        (
            "L'épouse du président français Paul Durand a déclaré que « rien ne sera caché ».",
            "fr",
            "L'épouse du président français Paul Durand",
        ),
        (
            "Un proche de Paul Durand disait récemment « bien comprendre » les doutes des élus.",
            "fr",
            "Un proche de Paul Durand",
        ),
        ("Le président du parti Paul Durand a déclaré que « rien ne sera caché ».", "fr", "Paul Durand"),
        ("L'avocat de Paul Durand a déclaré que « rien ne sera caché ».", "fr", "L'avocat de Paul Durand"),
        (
            "Le porte-parole du ministre Paul Durand a déclaré que « rien ne sera caché ».",
            "fr",
            "Le porte-parole du ministre Paul Durand",
        ),
        (
            "The wife of President Paul Durand said that “nothing will be hidden”.",
            "en",
            "The wife of President Paul Durand",
        ),
        (
            "« Rien ne sera caché », a déclaré l'épouse du président Paul Durand.",
            "fr",
            "l'épouse du président Paul Durand",
        ),
        (
            "« Rien ne sera caché », a déclaré la porte-parole du ministre Paul Durand.",
            "fr",
            "la porte-parole du ministre Paul Durand",
        ),
        ("« Rien ne sera caché », a déclaré le conseiller du président, Paul Durand.", "fr", "Paul Durand"),
        ("« Rien ne sera caché », a déclaré l'avocat du joueur, Paul Durand.", "fr", "Paul Durand"),
        (
            "«Nada se ocultará», declaró la esposa del presidente Paul Durand.",
            "es",
            "la esposa del presidente Paul Durand",
        ),
        ("«Nada se ocultará», declaró el portavoz del Gobierno Paul Durand.", "es", "Paul Durand"),
        (
            (
                "Un très proche de Anne Petit disait encore lundi « bien comprendre » la gêne des voisins à l'égard "
                "de Paul Durand, qui « a parlé trop vite ce soir-là »."
            ),
            "fr",
            "Un très proche de Anne Petit",
        ),
        (
            (
                "Les pompiers ont acheté une échelle cet été, souligne Nordalia, pour « atteindre les derniers "
                "étages de la tour »."
            ),
            "fr",
            "Nordalia",
        ),
        (
            (
                "Ouvert en juin, le « guichet commun des familles », promesse emblématique du mandat Paul Durand, "
                "reçoit trente personnes par jour."
            ),
            "fr",
            SCARE,
        ),
        (
            (
                "Voté en juin, le « guichet commun des familles », mesure emblématique du mandat Paul Durand, "
                "reçoit trente personnes par jour."
            ),
            "fr",
            SCARE,
        ),
        (
            "« Tout sera prêt », a dit le ministre de la Cohésion sociale et territoriale, arrivé lundi.",
            "fr",
            "le ministre de la Cohésion sociale et territoriale",
        ),
        (
            (
                "Marc Leroy cherche. Le biologiste est persuadé que les lagunes « reprendront vie avant la fin de "
                "la décennie »."
            ),
            "fr",
            "Le biologiste",
        ),
        (
            (
                "Paul Durand est arrivé. En présence notamment du directeur de la clinique Marc Leroy, du médecin "
                "Karim Haddad et de plusieurs patients, il a promis d'étudier « toutes les demandes de lits »."
            ),
            "fr",
            "Paul Durand",
        ),
        (
            (
                "La pièce a été sifflée dans le Nord, où le clergé local a accusé Nordalia d'avoir moqué des « "
                "traditions vieilles de mille ans »."
            ),
            "fr",
            "le clergé local",
        ),
        (
            "Le ministre Paul Durand est venu. Le ministre a répété que « la réforme était finie ».",
            "fr",
            "Paul Durand",
        ),
        (
            (
                "« Je signerai sans trembler », avait dit plus tôt le ministre des Ports. Des élus, dont Paul "
                "Durand, adjoint au maire, ont souri.\nLe ministre a répété que rien ne pressait, « mais que tout "
                "serait signé avant Noël »."
            ),
            "fr",
            "le ministre des Ports",
        ),
        (
            (
                "Paul Durand a longtemps appris son métier.\nDepuis l'été dernier, il restaure des meubles de Marc "
                "Leroy.\n« Pour une seule chaise, il faut trois jours », confie-t-il."
            ),
            "fr",
            "Paul Durand",
        ),
        (
            (
                "Marc Leroy demande de « rester humble et de courir » tout en rappelant qu'« il reste une manche "
                "entière à jouer » (Karim Haddad)."
            ),
            "fr",
            "Karim Haddad",
        ),
        (
            (
                "Vers midi, Paul Durand, un des trois photographes renvoyés pour avoir suivi la démolition d'une "
                "halle a écrit : « la ville n'a plus de mémoire »."
            ),
            "fr",
            "Paul Durand",
        ),
        (
            "C'est le cas de Paul Durand, qui commente « il ne faut pas accabler toute une profession ».",
            "fr",
            "Paul Durand",
        ),
        ("« Rien ne sera caché », a dit sobrement Paul Durand.", "fr", "Paul Durand"),
        ("« Rien ne sera caché », lâche goguenard le maire.", "fr", "le maire"),
        ("« Rien ne sera caché », reconnaît volontiers un élu.", "fr", "un élu"),
        ("« Rien ne sera caché », répond tout sourire Paul Durand.", "fr", "Paul Durand"),
        ("« Rien ne sera caché », raconte encore ému Paul Durand.", "fr", "Paul Durand"),
        ("« Rien ne sera caché », explique fier Paul Durand.", "fr", "Paul Durand"),
        ("« Rien ne sera caché », s'amuse faussement naïf Paul Durand.", "fr", "Paul Durand"),
        ("« Rien ne sera caché », sourit, amusée, la directrice.", "fr", "la directrice"),
        ("« Rien ne sera caché », témoigne anonymement une habitante.", "fr", "une habitante"),
        ("« Rien ne sera caché », disent certains élus.", "fr", "certains élus"),
        ("« Rien ne sera caché », plaide Maître Vaucresson.", "fr", "Maître Vaucresson"),
        ("Anne Petit, très calme, dit Paul Durand, « n'a pas crié une seule fois ».", "fr", "Paul Durand"),
        ("« Rien ne sera caché », mesure Paul Durand.", "fr", "Paul Durand"),
        ("Le « compte personnel », mesure phare du mandat, est supprimé. Paul Durand est content.", "fr", SCARE),
        (
            "« Rien ne sera caché », a dit le ministre de la Défense nationale et explique que tout ira bien.",
            "fr",
            "le ministre de la Défense nationale",
        ),
        (
            "« Rien ne sera caché », a dit le ministre de la Défense nationale et le maire a souri.",
            "fr",
            "le ministre de la Défense nationale",
        ),
        (
            (
                "« Je viens demain », a dit le ministre des Sports. « Moi aussi, bien sûr », a répondu le ministre "
                "de la Culture. « Tout ira bien », a ajouté le ministre des Sports."
            ),
            "fr",
            "le ministre des Sports",
        ),
        (
            ("Paul Durand est venu seul. Depuis juin, il soutient Marc Leroy. « Nous irons jusqu'au bout », dit-il."),
            "fr",
            "Paul Durand",
        ),
        (
            ("Paul Durand est venu seul. Depuis juin, Marc Leroy le soutient. « Nous irons jusqu'au bout », dit-il."),
            "fr",
            "Marc Leroy",
        ),
        ("Paul Durand est convaincu que la ville « va changer de visage ».", "fr", "Paul Durand"),
        ("Le parti est là. Paul Durand est accusé d'avoir détourné « des sommes folles ».", "fr", SCARE),
        ("Le parquet accuse Paul Durand d'avoir « trahi son pays ».", "fr", "Le parquet"),
        (
            (
                "Les explications du ministre Paul Durand n'ont pas convaincu. « Je dirai tout demain matin », "
                "a-t-il dit."
            ),
            "fr",
            "Paul Durand",
        ),
        ("La colère du ministre Paul Durand est grande. « Je pars demain matin », a-t-il dit.", "fr", "Paul Durand"),
        (
            "Au côté du maire Paul Durand, Marc Leroy a souri. « Je pars demain matin », a-t-il dit.",
            "fr",
            "Marc Leroy",
        ),
        (
            ("Le maire a reçu Paul Durand. À la demande du maire, Marc Leroy a promis de « tout revoir avant juin »."),
            "fr",
            "Marc Leroy",
        ),
    ],
)
def test_a_phrase_tells_who_speaks(text: str, language: str, speaker: str | None) -> None:
    found = among(text, language)[-1]
    assert (found.speaker if found.direct else SCARE) == speaker
