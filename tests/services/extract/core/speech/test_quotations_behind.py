"""Words whose speaker stands in a sentence of its own, before or behind them."""

import pytest

from tests.services.extract.core.speech.test_quotations_told import among


@pytest.mark.parametrize(
    ("text", "language", "told"),
    [
        (
            (
                "« Je n'ai pas le choix« , explique Anne Petit. « C'est la crise, il faut bien réagir« . La suite "
                "est connue."
            ),
            "fr",
            [("Anne Petit", "explique"), ("Anne Petit", None)],
        ),
        (
            (
                "Jérémy vit caché depuis huit ans. Il ne sort plus guère. « Au début, je trouvais cela amusant », "
                "raconte-t-il."
            ),
            "fr",
            [("Jérémy", "raconte-t-il")],
        ),
        (
            (
                "Sa mère, chez qui il habitait encore, tente de rester forte : « Il était doux et je l'aimais "
                "ainsi », lance-t-elle."
            ),
            "fr",
            [("Sa mère", "lance-t-elle")],
        ),
        (
            (
                "Le rapport a été remis lundi. Toujours selon Marc Leroy, rien ne presse. « Nous avons tout le "
                "temps devant nous. »"
            ),
            "fr",
            [("Marc Leroy", None)],
        ),
        (
            (
                "Une dispute a éclaté comme tente de le décrire le manager du groupe : « Les autres se sont "
                "sentis laissés de côté. »"
            ),
            "fr",
            [("le manager du groupe", "tente de le décrire")],
        ),
        (
            (
                "C'est Julie Morel, la boulangère, qui a donné l'alerte. « En ouvrant le four, j'ai vu la fumée "
                "monter du sous-sol. »"
            ),
            "fr",
            [("Julie Morel", None)],
        ),
        (
            (
                "Pour l'équipe des scientifiques, les singes seraient vexés. « Ils ont raté le coche de "
                "l'évolution, voilà tout. »"
            ),
            "fr",
            [("l'équipe des scientifiques", None)],
        ),
        (
            "« On s'est bien amusés toute la soirée », raconte celle qui avait apporté les chapeaux.",
            "fr",
            [("celle qui avait apporté les chapeaux", "raconte")],
        ),
        (
            (
                "« Il parle trop », soupire Marc Leroy. Et de rappeler les promesses de l'an dernier. « Pas une "
                "seule n'a été tenue à ce jour. »"
            ),
            "fr",
            [("Marc Leroy", "soupire"), ("Marc Leroy", None)],
        ),
        (
            (
                "Interrogés sur ce point, les experts restent dubitatifs. « La pire des hypothèses reste la plus "
                "probable à nos yeux. »"
            ),
            "fr",
            [("les experts", None)],
        ),
        (
            (
                "Trop tard, explique le procureur de Lyon qui tente de retracer les faits : « L'homme a saisi un "
                "couteau de cuisine. »"
            ),
            "fr",
            [("le procureur de Lyon", "explique")],
        ),
        (
            (
                "Certains s'interrogent sur la portée de l'étude, comme plusieurs députés qui affirment : « Rien "
                "n'est prouvé à ce jour. »"
            ),
            "fr",
            [("plusieurs députés", "affirment")],
        ),
        (
            (
                "La décision a rendu furieux le président du club : « Il y avait pourtant une qualification en "
                "jeu ce soir-là ! »"
            ),
            "fr",
            [("le président du club", "a rendu")],
        ),
        (
            (
                "Anne Petit est venue.\nLa vidéo de Karim Haddad a fait le tour du pays. « J'ai reçu beaucoup de "
                "messages », dit-il."
            ),
            "fr",
            [("Karim Haddad", "dit-il")],
        ),
        (
            "La performance de Marc Leroy divise. « Je m'en moque », répond-il.",
            "fr",
            [("Marc Leroy", "répond-il")],
        ),
        (
            (
                "Radio Sud a tranché. Le président du club comprenait cette décision : « On a bafoué les règles "
                "de notre sport », a-t-il déclaré."
            ),
            "fr",
            [("Le président du club", "a-t-il déclaré")],
        ),
        (
            "« Il n'y aura pas de hausse d'impôts. » Paul Durand l'a affirmé mardi matin, au micro de Radio Sud.",
            "fr",
            [("Paul Durand", "a affirmé")],
        ),
        (
            "« Cette loi est une honte pour le pays. » Ces propos sont du ministre de l'intérieur.",
            "fr",
            [("ministre de l'intérieur", None)],
        ),
        (
            (
                "« Le fleuve finira par tout emporter. » Le maire de Marolles n'a pas dit autre chose en ouvrant "
                "la séance."
            ),
            "fr",
            [("Le maire de Marolles", "a pas dit")],
        ),
        (
            "« Ce sont toujours les mêmes qui paient. » Julie Morel ne dit pas autre chose.",
            "fr",
            [("Julie Morel", "dit")],
        ),
        (
            "« Je n'ai jamais touché un centime. » Voilà, en substance, la défense de Karim Haddad.",
            "fr",
            [("Karim Haddad", None)],
        ),
        (
            "« On nous a menti du début à la fin. » Anne Petit le répète à l'envi depuis dix ans.",
            "fr",
            [("Anne Petit", "répète")],
        ),
        (
            "« Jamais je ne voterai ce texte. » Paul Durand l'a juré devant ses militants.",
            "fr",
            [("Paul Durand", "a juré")],
        ),
        (
            "« Les caisses sont vides. » La formule, restée célèbre, est de Julie Morel.",
            "fr",
            [("Julie Morel", None)],
        ),
        (
            (
                "« La rivière est morte il y a vingt ans. » Celui qui s'exprime ainsi est Karim Haddad, pêcheur à "
                "Marolles."
            ),
            "fr",
            [("Karim Haddad", "s'exprime")],
        ),
        (
            "« Les loups sont revenus dans la vallée. » Paul Durand en est persuadé.",
            "fr",
            [("Paul Durand", "est persuadé")],
        ),
        (
            "« Trop, c'est trop. » Le ton est donné par Julie Morel dès les premières minutes.",
            "fr",
            [("Julie Morel", "est donné")],
        ),
        (
            "« Ils m'ont tout pris. » L'homme qui parle s'appelle Karim Haddad et il a tout perdu.",
            "fr",
            [("Karim Haddad", "parle")],
        ),
        (
            (
                "Le témoignage de Marc Leroy a marqué l'audience.\n\n« Je dormais quand les premiers coups ont "
                "retenti. Je me suis jeté au sol. »"
            ),
            "fr",
            [("Marc Leroy", None)],
        ),
        (
            "Et demain ? Julie Morel hausse les épaules : « Demain, on verra bien. »",
            "fr",
            [("Julie Morel", "hausse")],
        ),
    ],
)
def test_who_speaks_is_told_by_the_sentences_around_speech(
    text: str, language: str, told: list[tuple[str, str | None]]
) -> None:
    assert [(one.speaker, one.cue) for one in among(text, language)] == told
