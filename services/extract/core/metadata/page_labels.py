"""Lines that pages have beside an article, in the words of many languages: buttons, heads of lists, advertising.

Words of comments, search, login, tags, lists of posts and forms are those of WordPress's own translations (Debian's
`wordpress-l10n` 6.1, 32 languages); the rest was read on pages of the corpus' tuning half and in the languages' papers.
"""

import re
from typing import NamedTuple

from services.extract.core.layout import ends_a_sentence
from services.extract.core.words import fold


class Finding(NamedTuple):
    """What a paragraph is, by which sign."""

    kind: str
    reason: str


_ADVERTISEMENT = """
    advertisement; advertisement3ndparty; ad; ads; advert; advertising; sponsored; sponsored content; promoted;
    paid content; story continues below; story continues below advertisement; article continues below;
    article continues below advertisement; article continues after advertisement;
    story continues after advertisement; continue reading below advertisement;
    this advertisement has not loaded yet but your article continues below; article content; scroll to continue;
    advertisement scroll to continue reading; publicite; pub; contenu sponsorise; la suite apres cette publicite;
    la suite de votre article apres cette publicite; anzeige; werbung; advertorial; gesponsert; anzeigen;
    artikel wird nach der anzeige fortgesetzt; nach der anzeige weiterlesen; publicidad; contenido patrocinado;
    pubblicita; contenuto sponsorizzato; continua a leggere dopo la pubblicita; publicidade; conteudo patrocinado;
    continua apos a publicidade; advertentie; gesponsord; reklama; reklam; reklame; реклама; на правах рекламы;
    продолжение после рекламы; اعلان; إعلانات; 広告; pr; 광고; 广告; 廣告; annons; annonse; annonce; mainos;
    publicitate; hirdetes; διαφημιση; פרסומת; iklan; oglas; reklamo; auglysing; auglysing; تبليغات; quang cao
"""
_RELATED = """
    related; related articles; related article; related stories; related story; related posts; related news;
    related topics; related content; related coverage; recommended; recommended for you; recommended stories;
    recommended reading; recommended articles; recommended videos; more articles; previous articles;
    trending news; top news; top news stories today; featured video; featured videos; video of the week;
    most read; most popular; most popular today; most viewed; most shared; trending;
    trending now; trending stories; top stories; top videos; more videos; latest news; latest stories;
    our latest stories; latest; more news; more stories; more posts; more like this; read next; up next;
    what to read next; you might also like; you may also like; you might be interested in; you may like;
    dont miss; don't miss; see also; read also; also read; read more; more on this story; more on this; more on;
    more from; more from this author; from our partners; around the web; editors picks; editor's picks;
    in other news; previous article; next article; previous post; next post; recent posts; popular posts;
    other articles; a lire aussi; lire aussi; a lire egalement; a lire; a voir aussi; a decouvrir;
    a decouvrir egalement; a decouvrir aussi; a decouvrir sur; sur le meme sujet; sur le meme theme;
    dans la meme rubrique; voir aussi; les plus lus; les plus lues; articles les plus lus; les plus populaires;
    les plus partages; a la une; a lire ensuite; nos videos; le fil info; a ne pas manquer; dernieres actualites;
    dernieres infos; articles recents; articles similaires; articles lies; article precedent; article suivant;
    du meme auteur; plus d'articles; contenus recommandes; nos derniers articles; sur le web;
    recommande pour vous; recommandes pour vous; en ce moment; l'actu en direct; mehr zum thema;
    mehr zu diesem thema; zum thema; das konnte sie auch interessieren; das konnte dich auch interessieren;
    auch interessant; weitere artikel; weitere meldungen; weitere nachrichten; weitere themen; weiterlesen;
    lesen sie auch; lesen sie mehr zum thema; lesen sie mehr; meistgelesen; meistgelesene artikel; meist gelesen;
    am meisten gelesen; meistkommentiert; top themen; topthemen; top-themen; aktuelle nachrichten;
    neueste artikel; neueste nachrichten; letzte beitrage; vorheriger beitrag; nachster beitrag;
    vorheriger artikel; nachster artikel; empfehlungen der redaktion; redaktionsempfehlung; empfohlen;
    empfohlener inhalt; lesetipps; links zum thema; ahnliche beitrage; ahnliche artikel;
    hinweis auf einen verwandten artikel; mas noticias; noticias relacionadas;
    articulos relacionados; relacionados; relacionadas; te puede interesar; tambien te puede interesar;
    le puede interesar; lo mas leido; lo mas visto; las mas leidas; mas leidas; mas leidos; ultimas noticias;
    entradas recientes; entrada anterior; entrada siguiente; mas informacion; lee tambien; lea tambien;
    en portada; ver mas; temas relacionados; archivado en; articoli correlati; leggi anche; leggi di piu;
    piu letti; i piu letti; le piu lette; ultime notizie; articoli recenti; articolo precedente;
    articolo successivo; potrebbe interessarti; potrebbe interessarti anche; leia tambem; veja tambem; leia mais;
    saiba mais; mais lidas; mais lidos; artigos relacionados; artigo anterior; artigo seguinte; veja mais;
    lees ook; lees meer; meest gelezen; meer nieuws; gerelateerd; gerelateerde artikelen; vorige bericht;
    volgende bericht; czytaj takze; czytaj rowniez; czytaj tez; czytaj wiecej; zobacz takze; zobacz rowniez; zobacz tez;
    zobaczcie tez; zobaczcie takze; przeczytaj takze; przeczytaj tez; przeczytaj rowniez;
    najczesciej czytane; najnowsze; polecane; powiazane; poprzedni wpis; nastepny wpis; ilgili haberler;
    en cok okunanlar; cok okunanlar; son haberler; diger haberler; onerilen haberler;
    bunlar da ilginizi cekebilir; son yazilar; onceki yazi; sonraki yazi; читаите также; читать также;
    читать далее; смотрите также; самое читаемое; материалы по теме; по теме; новости по теме; популярное;
    последние новости; еще по теме; свежие записи; читати також; дивіться також; останні новини; популярні новини;
    اقرا ايضا; مواضيع ذات صلة; مقالات ذات صلة; اخبار ذات صلة; اخبار متعلقة; المزيد; الاكثر قراءة; الاكثر مشاهدة;
    احدث التدوينات; 関連記事; おすすめ; おすすめ記事; 人気記事; ランキング; アクセスランキング; 最近の投稿;
    あわせて読みたい; 관련기사; 관련 기사; 많이 본 뉴스; 인기기사; 최신기사; 추천기사; 이전 글; 다음 글; 相关新闻;
    相关阅读; 热门; 推荐阅读; 推荐; 近期文章; 延伸閱讀; 相關新聞; las ocksa; mest last; relaterat; senaste nytt;
    les ogsa; mest lest; siste nytt; relaterte artikler; les mer; laes ogsa; læs ogsa; mest læste; seneste nyt;
    lue myos; luetuimmat; uusimmat; ctete take; nejctenejsi; souvisejici; souvisejici clanky;
    mohlo by vas zajimat; citeste si; cele mai citite; articole recente; kapcsolodo cikkek; legolvasottabb;
    διαβαστε επισης; σχετικα αρθρα; δημοφιλη; כתבות נוספות; baca juga; terpopuler; berita terkait; mest lesið;
    mest lesid; nyjustu frettir
"""
_COMMENTS = """
    top comments; top rated comments; reader comments; leave a comment; leave a reply; post comment;
    post a comment; add a comment; join the conversation; join the discussion; view comments; show comments;
    hide comments; comments are closed; no comments; no comments yet; recent comments; comment on this story;
    start the conversation; cancel reply;
    this website uses cookies to personalize your content including ads and allows us to analyze our traffic;
    laisser un commentaire; ajouter un commentaire; reagir; commenter; aucun commentaire; pas de commentaire;
    commentaires recents; voir les commentaires; vos commentaires; lire les commentaires; reagissez a cet article;
    hinterlasse einen kommentar; hinterlasse eine antwort; kommentar abschicken; keine kommentare; kommentieren;
    kommentar schreiben; zu den kommentaren springen; anzahl kommentare; kommentare einblenden;
    jetzt kommentieren; alle kommentare; kommentare lesen; schreiben sie einen kommentar; letzte kommentare;
    diskutieren sie mit; dejar un comentario; deja un comentario; publicar comentario; no hay comentarios;
    comentar; comentarios recientes; ver comentarios; lascia un commento; nessun commento; commenti recenti;
    commenta; deixe um comentario; deixe o seu comentario; deixar uma resposta; comentarios; geef een reactie;
    reactie plaatsen; een reactie plaatsen; reacties; reageer; dodaj komentarz; brak komentarzy; komentarze;
    opublikuj komentarz; yorumlar; yorum yap; yorum yapin; yorum gonder; bir cevap yazin; yorum yapilmamis;
    оставить комментарии; добавить комментарии; отправить комментарии; комментарии; комментариев нет;
    залишити коментар; коментарі; напишіть відгук; اضف تعليق; اكتب تعليق; اكتب تعليقا; تعليقات; التعليقات;
    لا توجد تعليقات; اكتب رايك; コメントする; コメントを残す; コメント; コメントを送信; 댓글 남기기; 댓글;
    댓글 달기; 댓글 없음; 发表评论; 评论; 没有评论; kommentera; kommentarer; skicka kommentar; inga kommentarer;
    legg igjen en kommentar; skriv en kommentar; send kommentar; jata kommentti; kommentit; ei kommentteja;
    napsat komentar; komentare; odeslat komentar; lasa un comentariu; comentarii; niciun comentariu;
    hozzaszolasok; hozzaszolas kuldese; σχολιαστε; σχολια; γραψτε σχολιο; תגובות; כתיבת תגובה;
    tinggalkan komentar; komentar; ديدگاه ها; napisite komentar; komentari; коментари; оставите коментар;
    pridaj komentar; komentarji; deixa un comentari; comentaris
"""
_SUBSCRIPTION = """
    newsletter; newsletters; sign up; sign up for our newsletter; subscribe; subscribe now;
    recevoir la newsletter; s'inscrire a la newsletter; s'abonner a la newsletter; abonnement rss; flux rss;
    subscribe to our newsletter; get the newsletter; stay in the loop; stay informed; get started; follow us;
    become a member; support our journalism; support local journalism; donate; donate now; create an account;
    create account; create an account or sign in to continue with your reading experience; s'abonner; je m'abonne;
    abonnez-vous; abonnement; inscription; s'inscrire; je m'inscris; faire un don; soutenez-nous; suivez-nous;
    newsletter abonnieren; abonnieren; jetzt abonnieren; abo; registrieren; jetzt registrieren;
    kostenlos registrieren; suscribete; suscribirse; suscripcion; registrate; registrarse; siguenos; hazte socio;
    hazte socia; abbonati; iscriviti; iscriviti alla newsletter; registrati; seguici; assine; assinar; cadastre-se;
    registar; siga-nos; abonneren; registreren; schrijf je in; aanmelden; zapisz sie; zarejestruj sie; subskrybuj;
    abone ol; uye ol; kayit ol; подписаться; подпишитесь; регистрация; підписатися; اشترك; اشترك الان; سجل الان;
    登録; 会員登録; 구독; 구독신청; 구독하기; 订阅; 注册; prenumerera; registrera; abonner; registrer; tilaa;
    rekisteroidy; predplatit; registrace; aboneaza-te; feliratkozas; εγγραφη; הרשמה; daftar; berlangganan
"""
_SHARING = """
    save for later; share via; save article; me gusta; gefallt mir; mi piace; curtir; horen; anhoren; vorlesen;
    vorlesen lassen; envoyer a un ami; envoyer a un proche; recommander; repost; reblog; j'aime; j'aime ca;
    j'aime ca j'aime chargement; like this like loading; me gusta esto me gusta cargando; recommander cet article;
    gefallt mir gefallt mir wird geladen; mi piace mi piace caricamento; curtir isso curtir carregando;
    copy link; copy url; link copied; send; send by email; email this; email this article; share close;
    share this item; gift article; gift this article; share full article; listen to this article; listen;
    add us on google; add as preferred on google; share options; sharing is caring; copier le lien; lien copie;
    envoyer par email; envoyer par e-mail; offrir; ecouter; offrir l'article; offrir cet article; ecouter l'article;
    ecouter cet article; link kopieren; link kopiert; per mail versenden; artikel teilen mit; artikel teilen;
    artikel anhoren; artikel drucken; per e-mail teilen; merken; artikel merken; auf die merkliste; verschenken;
    artikel verschenken; link kopieren link kopieren; klicken um die teilen funktion zu offnen teilen;
    klicken um die teilen-funktion zu offnen teilen; copiar enlace; copiar link; enviar por correo; escuchar;
    regalar articulo; copia link; copia il link; ascolta; copiar ligacao; enviar por email; afdrukken; delen;
    kopiuj link; linki kopyala; paylas; whatsappta paylas; скопировать ссылку; поделиться; نسخ الرابط; 共有;
    シェア; シェアする; ツイート; リンクをコピー; 공유; 공유하기; 기사 공유; 링크복사; url복사; 分享; 分享到;
    复制链接; skriv ut; del; del artikkel; kopier lenke; tulosta; jaa; kopioi linkki; yazdir; wydrukuj; печать;
    друк; طباعة; 印刷; 인쇄; 打印; tisk; sdilet; nyomtatas; megosztas; εκτυπωση; להדפיס; cetak; bagikan
"""
_NAVIGATION = """
    home; menu; search; log in; login; log out; logout; sign in; my account; account; profile; skip to content;
    skip to main content; jump to content; back to top; top; close; open menu; main menu; navigation; save; saved;
    contact the author; print; edit; reply; follow; share;
    view all; see all; show all; show more; load more; more; next; previous; back; hide message bar;
    view author archive; email the author; get author rss feed; rss; rss feed; name; email; website; username;
    password; submit; cookie settings; cookie policy; privacy; privacy policy; terms of use; terms of service;
    terms and conditions; terms; contact; contact us; about; about us; advertise; careers; help; faq; site map;
    sitemap; e-edition; e-paper; epaper;
    obituaries; about the author; author; archives; categories; view gallery; enlarge image; expand; play;
    play video; watch; live; live tv; breaking news; journalistic standards; report an error; report error;
    editorial code of conduct; descrease article font size; decrease article font size;
    increase article font size; text size; use; tags; topics; accueil; recherche; rechercher; connexion;
    se connecter; mon compte; deconnexion; fermer; enregistrer; sauvegarder; imprimer; suivant; precedent;
    precedente; retour; retour en haut; acceder a la navigation principale; acceder au contenu principal;
    acceder a la recherche; acceder au pied de page; aller au contenu; aller au contenu principal; aller au menu;
    haut de page; voir plus; afficher plus; plus; tout voir; voir tout; mentions legales;
    a propos; version imprimable; permalien; permalink; retrolien; retroliens; trackbacks; chargement;
    signaler une erreur; signaler une faute;
    agrandir la police; agrandir le texte; reduire; reduire la police; reduire le texte; taille du texte;
    politique de confidentialite; gestion des cookies; nous contacter; contactez-nous; qui sommes-nous;
    plan du site; a propos de l'auteur; auteur; mots-cles; themes; thematiques; nom; mot de passe; site web;
    envoyer; repondre; accessibilite; acceder aux raccourcis d'accessibilite; agrandir; agrandir l'image;
    partager discussion; en direct; direct; replay; startseite; suche; suchen; anmelden; abmelden; mein konto;
    schliessen; speichern; drucken; weiter; zuruck; nach oben; zum seitenanfang; zum inhalt springen; mehr;
    mehr anzeigen; alle anzeigen; impressum; datenschutz; datenschutzerklarung; datenschutzhinweise; agb;
    nutzungsbedingungen; kontakt; uber uns; uber den autor; zum autor; zur autorin; autor; autorin; autoren;
    schlagworter; schlagworte; themen; kategorien; archiv; passwort; benutzername; antworten; bearbeiten;
    barrierefreiheit; ihr feedback; bildergalerie; vollbild; bild vergrossern; mediathek; zur startseite;
    zur ubersicht; box aufklappen box zuklappen; personen-box aufklappen personen-box zuklappen;
    nach links scrollen nach rechts scrollen; inicio; buscar; iniciar sesion; acceder; cerrar; cerrar sesion;
    guardar; imprimir; siguiente; anterior; volver; volver arriba; aviso legal; politica de privacidad;
    politica de cookies; contacto; quienes somos; sobre el autor; etiquetas; temas; categorias; nombre;
    contrasena; correo electronico; responder; ampliar foto; color de fondo; tamano de texto; cerca; accedi;
    collegati; esci; chiudi; salva; stampa; avanti; indietro; successivo; torna su; note legali; contatti;
    chi siamo; etichette; tag; argomenti; categorie; nome; autore; rispondi; pesquisar; procurar; entrar;
    iniciar sessao; fechar; salvar; seguinte; voltar ao topo; contato; quem somos; senha; editar; zoeken;
    inloggen; sluiten; opslaan; terug; volgende; vorige; over ons; onderwerpen; wachtwoord; szukaj; zaloguj;
    zaloguj sie; zamknij; zapisz; strona glowna; tagi; kategorie; polityka prywatnosci; regulamin; drukuj; ara;
    giris; giris yap; kapat; kaydet; ana sayfa; anasayfa; etiketler; kategoriler; iletisim; yazar; kunye;
    canli izle; son dakika; поиск; воити; вход; закрыть; сохранить; главная; метки; теги; рубрики; контакты;
    о нас; автор; авторы; меню; наверх; назад; далее; пошук; увіити; головна; закрити; теґи; контакти; بحث; دخول;
    تسجيل الدخول; اغلاق; حفظ; الرييسية; وسوم; تصنيفات; اتصل بنا; من نحن; القايمة; 検索; ログイン; 閉じる; 保存;
    ホーム; メニュー; タグ; カテゴリー; トップ; アプリで開く; ログインする; もっと見る; 続きを読む; 검색; 로그인;
    닫기; 저장; 홈; 메뉴; 태그; 카테고리; 언어변경; 글자크기; 더보기; 搜索; 登录; 关闭; 首页; 菜单; 标签; 更多;
    收藏; sok; logga in; stang; spara; hem; meny; taggar; logg inn; lukk; lagre; hjem; stikkord; log ind; luk;
    gem; forside; haku; etsi; kirjaudu; kirjaudu sisaan; sulje; etusivu; valikko; avainsanat; hledat;
    prihlasit se; zavrit; ulozit; domu; stitky; rubriky; cautare; autentificare; inchide; acasa; etichete;
    kereses; bejelentkezes; bezaras; kezdolap; cimkek; αναζητηση; συνδεση; κλεισιμο; αρχικη; ετικετες; חיפוש;
    התחבר; סגור; תגיות; cari; masuk; tutup; beranda
"""
_REASONS = {
    "advertisement": "a label of advertising",
    "related": "the head of a list of other articles",
    "comments": "the head of readers' comments",
    "subscription": "an invitation to subscribe",
    "share_bar": "a button for sharing",
    "navigation": "a button, a link or a field of the page",
}
_TABLES = (_ADVERTISEMENT, _RELATED, _COMMENTS, _SUBSCRIPTION, _SHARING, _NAVIGATION)
_LONGEST = 80


def key(text: str) -> str:
    """The words of a line as the tables have them: folded, without numbers."""
    return " ".join(word for word in fold(text).split() if not word.isdecimal())


_KINDS = {
    words: kind
    for kind, table in zip(_REASONS, _TABLES, strict=True)
    for entry in table.split(";")
    if (words := key(entry))
}
# Alone, these say what they head; others are a page's only among its other signs.
_SURE = frozenset(("advertisement", "comments"))
# Glued to headlines, by whoever took the marks out: Other articles by the author Three days of fighting What is left
_OTHERS = re.compile(
    r"(?:مقالات أخرى (?:للكاتب|للكاتبة)|autres articles (?:de l['’]auteure?|du même auteur)"
    r"|(?:other|more) articles by (?:the|this) (?:same )?author|weitere artikel (?:des autors|der autorin)"
    r"|otros artículos del (?:mismo )?autor|altri articoli dell['’]autore|outros artigos do (?:mesmo )?autor)\s?:?",
    re.IGNORECASE,
)
_SHARED_BY = re.compile(r"شارك من خلال (?:(?:تويتر|فيسبوك|جوجل بلس|واتساب|لينكد ?إن|اكتب رأيك)\s{0,3}){2,}")


def label(paragraph: str) -> Finding | None:
    """What a line is that is nothing but a label of a page; None where it is none, or long."""
    if len(paragraph) > _LONGEST:
        return None
    kind = _KINDS.get(key(paragraph))
    return Finding(kind, _REASONS[kind]) if kind else None


def is_sure(paragraph: str) -> bool:
    """Whether a label says by itself what it is: one of advertising or comments, or one of several words."""
    words = key(paragraph)
    kind = _KINDS.get(words)
    return kind in _SURE or (kind != "navigation" and (" " in words or not words.isascii()))


def others_start(paragraph: str) -> int | None:
    """Where an author's other articles begin, glued to a paragraph's end or a paragraph of their own."""
    for match in _OTHERS.finditer(paragraph):
        before, behind = paragraph[: match.start()].rstrip(), paragraph[match.end() :]
        is_glued = behind[:1].isalnum()
        if is_glued or ((not before or ends_a_sentence(before)) and behind.strip()[:1].isupper()):
            return match.start()
    return None


def shared_end(paragraph: str) -> int:
    """Where the prose begins behind a share bar that was glued to it; 0 where none was."""
    match = _SHARED_BY.match(paragraph)
    return match.end() if match else 0
