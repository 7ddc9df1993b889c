"""Bounds, offsets, deadlines and the other words that stand around a rhythm."""

from __future__ import annotations

from scheduler.domain.cadence.kinds import Modality
from scheduler.domain.cadence.vocabulary.sorts import Sort

__all__ = ["MARK_WORDS"]

MARK_WORDS: tuple[tuple[Sort, object, str], ...] = (
    (
        Sort.MIN,
        True,
        "minst minimum min minimun mins minstens minste som_minimum som_eit_minimum"
        " mindst minimumskrav som_et_minimum ikke_mindre_enn ikke_færre_enn"
        " ikke_sjeldnere_enn ikkje_mindre_enn ikkje_færre_enn ikkje_sjeldnare_enn"
        " i_det_minste tilsammen_minst ikkje_sjeldan_enn åtminstone  "
        "   aldri_sjeldnere_enn",
    ),
    (
        Sort.MAX,
        True,
        "maks maksimum maksimalt max høyst høgst inntil opptil opp_til opp_mot inntill"
        " optil opptill opp_till ikke_mer_enn ikke_flere_enn ikke_fler_enn ikke_oftere_enn"
        " ikkje_meir_enn ikkje_fleire_enn ikkje_oftare_enn maksimal på_det_meste maximum"
        " makismum   ikke_over ikkje_over",
    ),
    (Sort.MIN, "more", "mer_enn flere_enn meir_enn fleire_enn"),
    (Sort.MAX, "fewer", "færre_enn mindre_enn"),
    (
        Sort.OR_MORE,
        True,
        "eller_flere eller_fleire eller_mer eller_meir eller_fler eller_oftere"
        " eller_oftare og_oppover og_flere pluss eller_fleire_gonger eller_hyppigere +"
        " og_fleire og_meir",
    ),
    (
        Sort.OR_FEWER,
        True,
        "eller_færre eller_mindre eller_sjeldnere eller_sjeldnare",
    ),
    (
        Sort.APPROX,
        True,
        "ca cirka circa omtrent rundt om_lag omlag omkring tilnærmet anslagsvis sirka"
        " ca_ca sånn_ca cirka_ca +_/_- pluss_minus pluss/minus rundt_regnet tilnærma kring"
        " omtrentlig på_det_nærmeste nærmere plus_minus ungefär ungefærlig nesten"
        " stort_sett ~ ≈ ± i_gjennomsnitt gjennomsnittlig i_snitt snittlig",
    ),
    (
        Sort.FROM,
        True,
        "fra frå f_._o_._m fom från fra_og_med frå_og_med",
    ),
    (
        Sort.TO,
        True,
        "til t_._o_._m tom till til_og_med t_o_m fram_til frem_til ti'l til_kl tll og_til",
    ),
    (
        Sort.BETWEEN,
        True,
        "mellom millom imellom mellem mellan",
    ),
    (
        Sort.AND,
        True,
        "og samt & och and og_så samt_på",
    ),
    (
        Sort.OR,
        True,
        "eller el ev evt eventuelt eller_evt",
    ),
    (
        Sort.BEFORE,
        True,
        "før i_forkant_av i_forkant i_forveien forut_for på_forhånd på_førehand før_hvert"
        " før_kvart i_førekant_av i_førekant i_forvegen føre forut i_forkant_for forkant",
    ),
    (
        Sort.AFTER,
        True,
        "etter i_etterkant_av i_etterkant etter_at i_ettertid etterpå i_etterkant_til"
        " etter_endt efter",
    ),
    (
        Sort.BY,
        True,
        "innen innan senest seinast frist fristen frist_er fristen_er inna senast"
        " frist_for frist_: med_frist ikke_senere_enn ikkje_seinare_enn innen_den"
        " innen_senest senest_innen seinast_innan med_frist_til inen innem insen senet"
        " seneste",
    ),
    (
        Sort.EXCEPT,
        True,
        "unntatt unnateke unntaken unnatatt utenom utanom med_unntak_av med_unntak_for"
        " bortsett_fra bortsett_frå foruten ikke_i ikkje_i ikke ikkje minus unntak utenfor"
        " utanfor stengt stengt_i møtefri møtefritt ingen_møter_i ikke_møte_i ingen_møte_i"
        " ingen_møter ingen_møte inga_møte inga_møte_i fri_i undantatt untatt unntat"
        " pause_i uten opphold_i",
    ),
    (
        Sort.MODAL,
        Modality.SHOULD,
        "bør helst burde fortrinnsvis tilstrebes ideelt_sett ønskelig",
    ),
    (
        Sort.MODAL,
        Modality.NORMALLY,
        "normalt vanligvis som_regel som_hovedregel i_utgangspunktet vanlegvis til_vanlig"
        " til_vanleg som_oftest hovedsakelig hovudsakleg normal_sett typisk i_hovedsak"
        " i_hovudsak primært",
    ),
    (
        Sort.DAYS,
        (1, False),
        "dag dager dagar dagers dagars døgn dagen dagene dagane dages dage d",
    ),
    (
        Sort.DAYS,
        (1, True),
        "virkedag virkedager virkedagers arbeidsdag arbeidsdager arbeidsdagar"
        " arbeidsdagers yrkedagar yrkedag virkedagar hverdager kvardagar arbeidsdagars"
        " virkedagane hverdag",
    ),
    (
        Sort.MEETING,
        True,
        "møtet møte møta møter møtene møtedato møtedagen møtestart møtetidspunkt"
        " møtetidspunktet hvert_møte kvart_møte møterne samlingen samlinga samling"
        " konferansen møtedag mødet",
    ),
    (
        Sort.TASK,
        "notice",
        "innkalling innkallinga innkallingen saksliste sakslista sakslisten agenda"
        " agendaen sakspapirer sakspapir sakspapira møteinnkalling innkallingar"
        " innkallinger dagsorden saker innmeldte_saker sakslister møteinnkallingen"
        " saksdokumenter saksdokument saksframlegg",
    ),
    (
        Sort.TASK,
        "minutes",
        "referat referatet referater referata møtereferat møtereferatet protokoll"
        " møteprotokoll protokollen møtereferater",
    ),
    (
        Sort.WHAT,
        "evaluation",
        "evaluering evalueres evaluere evaluerast evaluert evalueringer evalueringen evalueringa",
    ),
    (
        Sort.WHAT,
        "report",
        "rapport rapporten rapporter rapporteres rapportering rapportere rapporterast"
        " tilstandsrapport årsrapport tilbakemelding rapporterer tertialrapport årsmelding",
    ),
    (
        Sort.WHAT,
        "plan revision",
        "rullering rulleres revidering revideres revisjon revidert revidere rullere"
        " rullerast reviderast rullert",
    ),
    (
        Sort.WHAT,
        "plan review",
        "gjennomgås gjennomgang gjennomgåelse gjennomgåast gjennomgangen gåes_gjennom gås_gjennom",
    ),
    (
        Sort.WHAT,
        "data release",
        "folkehelseprofil folkehelseprofilen oppvekstprofil oppvekstprofilen",
    ),
    (
        Sort.CASE,
        "case",
        "individnivå enkeltsak enkeltsaker saksnivå",
    ),
    (
        Sort.OPENING,
        True,
        "åpent åpningstid åpningstider åpen åpne ope open opningstid opningstider"
        " kontortid treffetid dropin drop_-_in drop klubb klubben kafe kafé trening trener"
        " holder_åpent helde_ope opent held_ope åpner tilgjengelig tilgjengeleg bemannet"
        " åpning treffes telefontid kontordag",
    ),
    (
        Sort.ATTEND,
        True,
        "deltar deltek deltaker deltakere innkalles kalles inviteres kontaktes trekkes"
        " hentes stiller bistår tilkalles invitert involveres innkallast inviterast"
        " kontaktast tilkallast deltakar deltagere deltagelse inkluderes konsulteres"
        " bidrar innkalt tiltrer",
    ),
    (
        Sort.TOTAL,
        True,
        "totalt tilsammen til_sammen i_alt til_saman tilsaman samlet_sett i_sum"
        " sammenlagt over_totalt",
    ),
    (
        Sort.NUMBERED,
        True,
        "nr nummer no",
    ),
    (
        Sort.SERIES,
        True,
        "avdelingsvis avdelingsvise klassevis trinnvis enhetsvis skolevis",
    ),
    (
        Sort.PER_UNIT,
        "school",
        "skole skolen skolene skular skulen skule skoler skulane grunnskole barneskole",
    ),
    (
        Sort.PER_UNIT,
        "kindergarten",
        "barnehage barnehagen barnehager barnehagar barnehagane",
    ),
    (
        Sort.PER_UNIT,
        "department",
        "avdeling avdelingen enhet einingar eining tjeneste teneste virksomhet verksemd"
        " team klasse trinn base gruppe avdelinger enheter klassen",
    ),
    (
        Sort.NOTICE_TIME,
        True,
        "varsel frist varsling forvarsel",
    ),
    (
        Sort.ARTICLE,
        True,
        "den det de dei desse disse hele heile et_helt kun bare berre også hvert_enkelt"
        " faste fast felles ordinære ordinær egne eigne lokale store små korte lange"
        " obligatoriske tverrfaglige tverrfaglig tverrfaglege flerfaglige interne åpne"
        " planlagte planlagt oppsatte ordinært",
    ),
    (
        Sort.FUNCTION,
        True,
        "skal skulle vil kan må er var blir vert ha har holder held holdes avholdes"
        " avholder haldast gjennomføres gjennomførast arrangeres arrangerast møtes møtast"
        " møter som for med av og at der i på til den det de dei en ein et eit seg sine"
        " sin sitt vi dere alle kommer kjem gjøres gjerast foregår føregår legges leggjast"
        " settes utføres ved om også samt hos å da då",
    ),
)
