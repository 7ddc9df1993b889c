"""Units of time, how often in one word, and the small words that tie a count to a period."""

from __future__ import annotations

from scheduler.domain.cadence.kinds import CadenceUnit as Unit
from scheduler.domain.cadence.vocabulary.sorts import Sort

__all__ = ["PERIOD_WORDS"]

PERIOD_WORDS: tuple[tuple[Sort, object, str], ...] = (
    (
        Sort.UNIT,
        Unit.DAY,
        "dag dagen døgn døgnet",
    ),
    (
        Sort.UNIT,
        Unit.WEEK,
        "uke uka uken uker ukene ukers ukes ukas ukens u veke veka veken veker vekene"
        " vekers vekes vecka veckan veckor uge ugen uger ukentlige_uke skoleuke"
        " kalenderuke arbeidsuke skuleveke skoleuker uka' ukå",
    ),
    (
        Sort.UNIT,
        Unit.MONTH,
        "måned måneden måneder månedene måneders måneds månedens månad månaden månader"
        " månadene månaders månads månedan mnd mnder md mån mnden mnds månd mnad mnaden"
        " måneda månen kalendermåned månadar månadane mnde skolemåned",
    ),
    (
        Sort.UNIT,
        Unit.QUARTER,
        "kvartal kvartalet kvartaler kvartala kvartalene kvartals kv",
    ),
    (
        Sort.UNIT,
        Unit.TERTIAL,
        "tertial tertialet tertialer tertiala tertialene tertials",
    ),
    (
        Sort.UNIT,
        Unit.HALF_YEAR,
        "halvår halvåret halvårene halvåra halvårs halve_år halve_året halvt_år halv_år"
        " halvaar halve_åre halvdel_av_året årshalvdel",
    ),
    (
        Sort.UNIT,
        Unit.SEMESTER,
        "semester semesteret semestre semesteren semestrene semesterets semestera"
        " semestret sem termin terminen terminer terminene skolesemester skulesemester"
        " skolesemesteret skolehalvår skulehalvår skolehalvåret",
    ),
    (
        Sort.UNIT,
        Unit.YEAR,
        "år året årene åra åre årt års årets åran kalenderår kalenderåret budsjettår"
        " budsjettåret driftsår årligår aar aaret aret ar skoleår skoleåret skuleår"
        " skuleåret skulår barnehageår barnehageåret studieår skole-år arbeidsår åren",
    ),
    (
        Sort.COUNCIL_PERIOD,
        4,
        "valgperiode valgperioden valperiode valperioden kommunestyreperiode"
        " kommunestyreperioden kommunestyreperiodane fireårsperiode",
    ),
    (
        Sort.SCHOOL_YEAR,
        True,
        "skoleår skoleåret skuleår skuleåret barnehageår barnehageåret",
    ),
    (
        Sort.EVERY,
        True,
        "hver hvert kvar kvart kver kvert varje vart var_eneste hver_eneste hvert_eneste"
        " kvar_einaste kvart_einaste hveer hvr alle enhver ethvert eikvar eitkvart"
        " samtlige for_hver for_hvert for_kvar for_kvart i_hver i_hvert i_kvar i_kvart"
        " på_hver på_hvert ved_hvert ved_hver hver_enkelt hvert_enkelt hvar hvart",
    ),
    (
        Sort.EVERY_OTHER,
        2,
        "annenhver annethvert annenhvert annethver annen_hver annet_hvert annen_hvert"
        " annet_hver annakvar annankvar annakvart annankvart anna_kvar annan_kvar"
        " anna_kvart annan_kvart annahver anna_hver annahvert anna_hvert anna_kver"
        " annakver annenver annenkvar ankvar annekvar annekvart annehver annehvert"
        " anne_hver anneenhver hveranden hvertandet hver_annen hver_anden hvert_andet"
        " varannan vartannat varannen annanhver annanhvar annen_hvær annenhvar annanhvart"
        " annethvart annethverrt",
    ),
    (
        Sort.PER,
        "per",
        "per pr pro p à á",
    ),
    (
        Sort.PER,
        "in",
        "i om på ila",
    ),
    (
        Sort.PER,
        "during",
        "i_løpet_av i_løpet_av_et i_løpet_av_ett i_løpet_av_hvert i_løpet_av_hver"
        " i_løpet_av_en gjennom i_laupet_av i_laupet_av_eit i_laupet_av_kvart"
        " i_laupet_av_kvar innenfor i_løbet_af utover_i fordelt_på fordelt_over"
        " fordelt_utover fordelt_gjennom spredt_over fordelt_på_hele fordelt_over_hele"
        " over_hele jevnt_fordelt_over jevnt_fordelt_gjennom jevnt_fordelt_utover"
        " i_laup_av jamt_fordelt_over jamt_fordelt_gjennom i_løp_av innen_et",
    ),
    (
        Sort.RHYTHM,
        (Unit.DAY, 1),
        "daglig daglige dagleg daglege dagligen",
    ),
    (
        Sort.RHYTHM,
        (Unit.WEEK, 1),
        "ukentlig ukentlige ukentleg ukentlege vekentleg vekentlege vekentlig ukevis"
        " ukesvis ugentlig ugentlige veckovis vekevis ukntlig ukentli ukentilg",
    ),
    (
        Sort.RHYTHM,
        (Unit.WEEK, 2),
        "fjortendaglig fjortendaglige fjortendagers fjortendags toukentlig toukers"
        " toukersvis fjortandagleg fjortandaglege",
    ),
    (
        Sort.RHYTHM,
        (Unit.MONTH, 1),
        "månedlig månedlige månedsvis månedsvise månadleg månadlege månadsvis månadlig"
        " mndlig mndlige mndl månedleg månedlege månatlig månadligen månedtlig månedtlige"
        " månedelig månedelige månadvis",
    ),
    (
        Sort.RHYTHM,
        (Unit.QUARTER, 1),
        "kvartalsvis kvartalsvise kvartalvis kvartalsmessig kvartalsvist kvartalvise"
        " kvartårlig kvartårleg",
    ),
    (
        Sort.RHYTHM,
        (Unit.TERTIAL, 1),
        "tertialvis tertialvise tertialsvis tertialsvise tertialt",
    ),
    (
        Sort.RHYTHM,
        (Unit.HALF_YEAR, 1),
        "halvårlig halvårlige halvårleg halvårlege halvårsvis halvårsvise halvårig"
        " halv-årlig halvårvis halvårligt",
    ),
    (
        Sort.RHYTHM,
        (Unit.SEMESTER, 1),
        "semestervis semestervise semesterlig terminvis",
    ),
    (
        Sort.RHYTHM,
        (Unit.YEAR, 1),
        "årlig årlige årleg årlege årligen årligt årviss årvisst årvisse årvist årvise"
        " årsvis aarlig årlig/ p_._a",
    ),
    (
        Sort.RHYTHM,
        (Unit.YEAR, 2),
        "toårlig toårleg biennalt",
    ),
    (
        Sort.RHYTHM,
        (Unit.YEAR, 3),
        "treårlig treårleg",
    ),
    (
        Sort.RHYTHM,
        (Unit.YEAR, 4),
        "fireårlig fireårleg",
    ),
    (
        Sort.TIMES,
        True,
        "ganger gang gangen gonger gongar gong gongen gg gng x gånger gång gange ggr g"
        " gagner gangar ganga gager gangr gongr gannger gangner gnager ganer gaanger"
        " gongane ggangar ganr",
    ),
    (
        Sort.EVENT,
        True,
        "oppstart lansering innføring møte møter møtet møta møtene møtar møtepunkt"
        " møtepunkter møtetidspunkt møtedag"
        " møtedager samling samlinger samlingar seminar seminarer aktivitet aktiviteter"
        " aktivitetar kurs gjennomgang gjennomganger fagdag fagdager fagdagar konferanse"
        " konferanser økt økter treff kveld kvelder kveldar rapport rapporter rapportering"
        " rapporteringer besøk samtale samtaler samtalar konsultasjon konsultasjoner"
        " konsultasjonar time timer_med øvelse øvelser øvelsar evaluering evalueringer"
        " utgave utgaver nummer dialogmøte tilsyn tilsynsbesøk veiledning veiledninger"
        " rettleiing runde runder verksted temamøte mote moter arrangement arrangementer"
        " workshop workshops nettverkssamling undersøkelse måling målinger konferansen"
        " mødet møde møder möten gjennomføring gjennomføringer oppdatering oppdateringer"
        " foreldremøte utviklingssamtale personalmøte planleggingsdag planleggingsdager"
        " planleggingsdagar mailing nyhetsbrev informasjonsmøte kontroll kontroller"
        " drøfting drøftinger temakveld temakvelder",
    ),
    (
        Sort.GAP,
        True,
        "mellomrom intervall intervaller intervall_på mellomrum mellom_hver mellom_hvert"
        " mellom_kvar mellom_kvart mellom_møtene mellom_møta mellom_kvart_møte"
        " mellom_hvert_møte",
    ),
)
