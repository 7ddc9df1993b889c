"""Weekdays, months, seasons, parity of weeks, holidays and the clock."""

from __future__ import annotations

from scheduler.domain.cadence.kinds import Season, Weekday, WeekParity
from scheduler.domain.cadence.vocabulary.sorts import Sort

__all__ = ["CALENDAR_WORDS"]

CALENDAR_WORDS: tuple[tuple[Sort, object, str], ...] = (
    (
        Sort.WEEKDAY,
        Weekday.MON,
        "mandag mandagen måndag måndagen måndagane måndagar",
    ),
    (
        Sort.WEEKDAY,
        Weekday.TUE,
        "tirsdag tirsdagen tysdag tysdagen tisdag tisdagen",
    ),
    (
        Sort.WEEKDAY,
        Weekday.WED,
        "onsdag onsdagen",
    ),
    (
        Sort.WEEKDAY,
        Weekday.THU,
        "torsdag torsdagen",
    ),
    (
        Sort.WEEKDAY,
        Weekday.FRI,
        "fredag fredagen",
    ),
    (
        Sort.WEEKDAY,
        Weekday.SAT,
        "lørdag lørdagen laurdag laurdagen lördag",
    ),
    (
        Sort.WEEKDAY,
        Weekday.SUN,
        "søndag søndagen sundag sundagen söndag",
    ),
    (
        Sort.WEEKDAY_SHORT,
        Weekday.MON,
        "man mand mån ma må",
    ),
    (
        Sort.WEEKDAY_SHORT,
        Weekday.TUE,
        "tir tirs ti tys ty",
    ),
    (
        Sort.WEEKDAY_SHORT,
        Weekday.WED,
        "ons on",
    ),
    (
        Sort.WEEKDAY_SHORT,
        Weekday.THU,
        "tor tors to",
    ),
    (
        Sort.WEEKDAY_SHORT,
        Weekday.FRI,
        "fre fred fr",
    ),
    (
        Sort.WEEKDAY_SHORT,
        Weekday.SAT,
        "lør lau lø",
    ),
    (
        Sort.WEEKDAY_SHORT,
        Weekday.SUN,
        "søn sun sø",
    ),
    (
        Sort.WORKDAYS,
        True,
        "hverdag hverdager hverdagen hverdagene kvardag kvardagar ukedag ukedager"
        " ukedagene vekedag vekedagar virkedag virkedager arbeidsdag arbeidsdager"
        " kvardagane yrkedag yrkedagar skoledag skoledager skuledag skuledagar",
    ),
    (
        Sort.WEEKENDS,
        True,
        "helg helga helgen helger helgene helgar helgane",
    ),
    (
        Sort.PARITY,
        WeekParity.EVEN,
        "partallsuke partallsuker partallsukene partallsuka partalsveke partalsveker"
        " partalsvekene partallsveke partallsveker partaluke partalluke partalluker"
        " partallukene partalsuker partalsuke partalveker jevnuke like_uker like_uke"
        " like_veker like_ukenummer like_ukenr jevne_uker jevne_ukenummer jamne_veker"
        " partalls_uker partalls_uke par_uker paruker like_ukene partalls-uker lige_uger"
        " jämna_veckor partallsveka like_vekenummer like_veke parveker",
    ),
    (
        Sort.PARITY,
        WeekParity.ODD,
        "oddetallsuke oddetallsuker oddetallsukene oddetallsuka oddetalsveke"
        " oddetalsveker oddetallsveker oddetallsveke oddetalsvekene oddetalluke"
        " oddetalluker oddetallukene oddetalsuker oddetalsuke oddetalveker ulike_uker"
        " ulike_uke ulike_veker ulike_ukenummer ulike_ukenr odde_uker oddeuker"
        " oddetalls_uker oddetalls_uke oddetallsveka ulike_ukene ulige_uger udda_veckor"
        " ulike_vekenummer ulike_veke oddeveker odde_ukenummer",
    ),
    (
        Sort.ODD_OR_EVEN,
        WeekParity.EVEN,
        "partall partal partalls like jevne jamne",
    ),
    (
        Sort.ODD_OR_EVEN,
        WeekParity.ODD,
        "oddetall oddetal oddetalls odde ulike",
    ),
    (
        Sort.MONTH,
        1,
        "januar jan januari",
    ),
    (
        Sort.MONTH,
        2,
        "februar feb febr februari",
    ),
    (
        Sort.MONTH,
        3,
        "mars mar marts",
    ),
    (
        Sort.MONTH,
        4,
        "april apr",
    ),
    (
        Sort.MONTH,
        5,
        "mai maj",
    ),
    (
        Sort.MONTH,
        6,
        "juni jun",
    ),
    (
        Sort.MONTH,
        7,
        "juli",
    ),
    (
        Sort.MONTH,
        8,
        "august aug augusti",
    ),
    (
        Sort.MONTH,
        9,
        "september sep sept",
    ),
    (
        Sort.MONTH,
        10,
        "oktober okt",
    ),
    (
        Sort.MONTH,
        11,
        "november nov",
    ),
    (
        Sort.MONTH,
        12,
        "desember des december",
    ),
    (
        Sort.SEASON,
        Season.SPRING,
        "vår våren vårsemester vårsemesteret vårhalvåret vårparten vårterminen vårhalvår"
        " vårs vårtermin på_vårparten vårmøte vårmøter vårmøtet vårsemestret",
    ),
    (
        Sort.SEASON,
        Season.AUTUMN,
        "høst høsten haust hausten høstsemester høstsemesteret haustsemesteret"
        " haustsemester høsthalvåret haushalvåret høstparten høstterminen høstsemestret"
        " høsthalvår hausthalvåret haustparten hösten høstmøte høstmøter haustmøte"
        " høstmøtet",
    ),
    (
        Sort.SEASON,
        Season.SUMMER,
        "sommer sommeren sumar sumaren sommaren",
    ),
    (
        Sort.SEASON,
        Season.WINTER,
        "vinter vinteren vinterhalvåret",
    ),
    (
        Sort.FEAST,
        "christmas",
        "jul jula julen juleferien juleferie juletid julaften",
    ),
    (
        Sort.FEAST,
        "new_year",
        "nyttår årsskiftet årsskifte årsslutt nyttårsaften årets_slutt",
    ),
    (
        Sort.FEAST,
        "summer",
        "sommeren sommerferien sommarferien sumaren sommaren sommerferie skoleslutt"
        " skuleslutt sommer sommar sankthans fellesferien",
    ),
    (
        Sort.FEAST,
        "easter",
        "påske påska påsken påskeferien",
    ),
    (
        Sort.HOLIDAY,
        "school",
        "skoleferie skoleferier skoleferien skoleferiene skuleferie skuleferiar"
        " skuleferien skulefri skolefri ferie ferier ferien feriene feriar feriane"
        " skolens_ferier ferietid skoleruta_ferier skulens_feriar ferieperioder ferieuker",
    ),
    (
        Sort.HOLIDAY,
        "autumn",
        "høstferie høstferien haustferie haustferien",
    ),
    (
        Sort.HOLIDAY,
        "winter",
        "vinterferie vinterferien",
    ),
    (
        Sort.HOLIDAY,
        "summer",
        "sommerferie sommerferien sommarferie sommarferien",
    ),
    (
        Sort.HOLIDAY,
        "joint_leave",
        "fellesferie fellesferien",
    ),
    (
        Sort.HOLIDAY,
        "christmas",
        "juleferie juleferien romjul romjula romjulen",
    ),
    (
        Sort.HOLIDAY,
        "easter",
        "påske påska påsken påskeferie påskeferien påskeuka påskeuken",
    ),
    (
        Sort.HOLIDAY,
        "public",
        "helligdager helligdag helligdagar heilagdagar høytider høytid røde_dager"
        " raude_dagar offentlige_høytidsdager bevegelige_helligdager",
    ),
    (
        Sort.CLOCK,
        True,
        "kl klokka klokken klokkeslett klokkan klokkeslettet klk",
    ),
    (
        Sort.HALF_PAST,
        True,
        "halv",
    ),
    (
        Sort.QUARTER,
        True,
        "kvart kvarter",
    ),
    (
        Sort.HOUR,
        True,
        "time timer timar timers timen timars t timmar",
    ),
    (
        Sort.MINUTE,
        True,
        "minutt minutter minuttar minutters min minuttars",
    ),
    (
        Sort.PART_OF_DAY,
        "morning",
        "morgen morgenen morgenmøte morgonen morgon om_morgenen om_morgonen på_morgenen",
    ),
    (
        Sort.PART_OF_DAY,
        "before_noon",
        "formiddag formiddagen formiddager føremiddag om_formiddagen på_formiddagen"
        " om_føremiddagen på_føremiddagen",
    ),
    (
        Sort.PART_OF_DAY,
        "afternoon",
        "ettermiddag ettermiddagen ettermiddager om_ettermiddagen på_ettermiddagen",
    ),
    (
        Sort.PART_OF_DAY,
        "evening",
        "kveld kvelden kvelder kveldstid om_kvelden på_kvelden på_kveldstid om_kveldane",
    ),
    (
        Sort.PART_OF_DAY,
        "daytime",
        "dagtid på_dagtid",
    ),
    (
        Sort.PART_OF_DAY,
        "lunch",
        "lunsj lunsjtid",
    ),
    (
        Sort.END_OF,
        "end",
        "utgangen_av utløpet_av slutten_av enden_av ved_utgangen_av utgangen slutt"
        " ved_slutten_av i_slutten_av på_slutten_av slutten_på i_slutten_på mot_slutten_av"
        " ved_utløpet_av ultimo ved_slutten_på på_slutten mot_slutten",
    ),
    (
        Sort.END_OF,
        "middle",
        "midten_av i_midten_av medio midt_i midten_på midt_på",
    ),
    (
        Sort.END_OF,
        "beginning",
        "begynnelsen_av i_begynnelsen_av starten_av i_starten_av primo byrjinga_av"
        " i_byrjinga_av starten_på i_starten_på tidlig_i tidleg_i ved_inngangen_til"
        " inngangen_til ved_starten_av ved_begynnelsen_av ved_starten_på",
    ),
)
