"""Bounds, need, vague words, offsets and the other words that colour a rhythm."""

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
        " i_det_minste tilsammen_minst ikkje_sjeldan_enn åtminstone mer_enn flere_enn"
        " meir_enn fleire_enn aldri_sjeldnere_enn",
    ),
    (
        Sort.MAX,
        True,
        "maks maksimum maksimalt max høyst høgst inntil opptil opp_til opp_mot inntill"
        " optil opptill opp_till ikke_mer_enn ikke_flere_enn ikke_fler_enn ikke_oftere_enn"
        " ikkje_meir_enn ikkje_fleire_enn ikkje_oftare_enn maksimal på_det_meste maximum"
        " makismum færre_enn mindre_enn ikke_over ikkje_over",
    ),
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
        Sort.DEMAND,
        True,
        "ved_behov etter_behov v_/_behov v_behov v_._behov ut_fra_behov ut_ifra_behov"
        " utfra_behov om_nødvendig hvis_nødvendig dersom_nødvendig ved_nødvendighet"
        " når_det_trengs når_det_er_nødvendig når_det_er_behov når_behov"
        " når_det_er_behov_for_det dersom_det_er_behov hvis_det_er_behov om_det_er_behov"
        " dersom_behov hvis_behov om_behov når_det_trengst når_det_er_naudsynt ved_naudsyn"
        " om_naudsynt om_det_trengst hvis_det_trengs når_behovet_er_der"
        " når_behovet_oppstår når_behovet_melder_seg ad_hoc adhoc ad_-_hoc på_forespørsel"
        " på_førespurnad ved_forespørsel på_bestilling ved_ønske etter_ønske"
        " på_oppfordring behovsstyrt behovsbasert behovsbaserte etter_avtale"
        " etter_nærmare_avtale ved_trong etter_trong efter_behov vid_behov"
        " ved_særskilt_behov ved_særskilte_behov ved_spesielle_behov ved_særlige_behov"
        " så_ofte_som_nødvendig så_ofte_det_trengs så_ofte_det_er_behov"
        " så_ofte_som_det_er_behov så_ofte_som_behovet_tilsier så_ofte_behovet_tilsier"
        " når_noen_ber_om_det på_oppmoding etter_nærmere_avtale etter_nærare_avtale"
        " dersom_det_er_nødvendig hvis_det_er_nødvendig om_det_er_nødvendig ved_bestilling"
        " når_saker_tilsier_det når_det_foreligger_saker når_det_er_saker ved_henvendelse"
        " ved_førespurnad på_anmodning ved_anmodning dersom_det_trengs dersom_det_trengst"
        " om_det_blir_behov ved_akutte_behov som_behov så_ofte_som_det_trengs"
        " etter_henvendelse når_situasjonen_krever_det når_situasjonen_tilsier_det"
        " så_ofte_som_det_trengst ved_eventuelle_behov ved_evt_behov ved_behov_og_ønske"
        " når_noen_melder_behov når_det_oppstår_behov dersom_det_oppstår_behov"
        " etter_vurdering behovsprøvd ved_meldt_behov når_de_har_behov ved_endt_behov",
    ),
    (
        Sort.VAGUE,
        True,
        "jevnlig jevnlige jamleg jamlege jamnleg jamnlege regelmessig regelmessige"
        " regelmessing regelmessege regelmesseg med_jevne_mellomrom med_jamne_mellomrom"
        " med_ujevne_mellomrom med_jamlege_mellomrom periodisk periodevis ikke_fastsatt"
        " ikkje_fastsett ikke_avklart ikkje_avklart ikke_bestemt ikkje_bestemt"
        " avklares_senere flere_ganger fleire_gonger etter_oppsatt_frekvens ikke_fast"
        " fastsettes_senere regelbundet ved_anledning ikke_satt tbd ikkje_sett"
        " når_det_passer med_visse_mellomrom en_gang_iblant jævnligt regelmæssigt"
        " regelbundna så_ofte_som_mulig så_ofte_som_råd flere_møter fleire_møte"
        " med_faste_mellomrom faste_intervaller jamnt jevlig jevlige jamlig jamlige"
        " jevnleg jevnlege av_og_te fleire_gongar periodevise tid_om_annen regelmessigt",
    ),
    (
        Sort.VAGUE,
        "loose",
        "ofte sjelden sjeldan av_og_til hyppig hyppige varierer varierende varierer_fra"
        " varierande uavklart noen_ganger nokre_ganger nokre_gonger enkelte_ganger"
        " sporadisk tidvis rutinemessig varierar systematisk innimellom ukjent uvisst"
        " fra_tid_til_annen frå_tid_til_anna nå_og_da no_og_då nokre_gongar i_perioder"
        " rett_som_det_er ujevnt jevnt jamt uregelmessig uregelmessige",
    ),
    (
        Sort.CONTINUOUS,
        "loose",
        "alltid hele_tiden heile_tida til_enhver_tid til_ei_kvar_tid permanent gjennomgående",
    ),
    (
        Sort.CONTINUOUS,
        True,
        "kontinuerlig kontinuerlige kontinuerleg kontinuerlege kontinuerligt kontinuelig"
        " fortløpende fortløpande løpende løpande hele_året heile_året året_rundt"
        " døgnet_rundt 24_/_7 døgnkontinuerlig pågående pågåande hele_tida hele_skoleåret"
        " heile_skuleåret hele_året_gjennom året_igjennom gjennom_hele_året"
        " gjennom_heile_året gjennom_hele_skoleåret i_hele_perioden i_heile_perioden"
        " hele_perioden hele_planperioden i_hele_planperioden gjennom_hele_planperioden"
        " kontinuerli kontinurlig kontinueleg jevnt_gjennom_året jevnt_gjennom_hele_året",
    ),
    (
        Sort.REFERENCE,
        "annual wheel",
        "se_årshjul jf_årshjul jf_._årshjul iht_årshjul iht_._årshjul"
        " i_henhold_til_årshjul i_henhold_til_årshjulet ihht_årshjul ihht_._årshjul"
        " i_hht_årshjul ifølge_årshjul følger_årshjul følger_årshjulet følger_et_årshjul"
        " sjå_årshjul sjå_årshjulet se_årshjulet etter_årshjul etter_årshjulet"
        " jamfør_årshjul i_tråd_med_årshjul i_tråd_med_årshjulet følgjer_årshjul"
        " følgjer_årshjulet følgjer_eit_årshjul som_i_årshjul i_samsvar_med_årshjul"
        " jf_årshjulet i_h_t_årshjul etter_eget_årshjul se_eget_årshjul eget_årshjul"
        " eige_årshjul følger_eget_årshjul jamfør_årshjulet ifølge_årshjulet"
        " etter_eige_årshjul i_følge_årshjul i_følge_årshjulet i_henhold_til_eget_årshjul"
        " i_samsvar_med_årshjulet sjå_eige_årshjul fremgår_av_årshjul fremgår_av_årshjulet"
        " framgår_av_årshjulet går_fram_av_årshjulet iht_årshjulet beskrevet_i_årshjul"
        " jfr_årshjul jfr_._årshjul følger_skolens_årshjul følger_kommunens_årshjul",
    ),
    (
        Sort.REFERENCE,
        "meeting plan",
        "se_møteplan jf_møteplan jf_._møteplan iht_møteplan i_henhold_til_møteplan"
        " ifølge_møteplan følger_møteplan følger_møteplanen sjå_møteplan etter_møteplan"
        " etter_møteplanen etter_oppsatt_plan etter_oppsatt_møteplan"
        " etter_fastsatt_møteplan etter_fastsett_møteplan etter_oppsett_plan"
        " etter_oppsett_møteplan i_henhold_til_oppsatt_plan etter_egen_plan"
        " etter_eigen_plan se_egen_plan iht_oppsatt_plan følger_politisk_møteplan"
        " følger_egen_møteplan se_egen_møteplan følger_oppsatt_plan"
        " følger_oppsatt_møteplan i_henhold_til_møteplanen i_tråd_med_møteplan"
        " i_tråd_med_møteplanen etter_vedtatt_møteplan i_henhold_til_vedtatt_møteplan"
        " følger_vedtatt_møteplan etter_egen_møteplan etter_fastsatt_plan"
        " etter_terminliste se_terminliste se_møtekalender følger_møtekalender"
        " følger_møtekalenderen iht_møtekalender etter_møtekalender se_møtekalenderen"
        " se_egen_oversikt sjå_eigen_plan følger_skoleruta følgjer_skuleruta"
        " etter_skoleruta i_følge_møteplan i_henhold_til_skoleruta følger_skoleruten"
        " se_møteplanen følgjer_møteplan",
    ),
    (
        Sort.EXTRA,
        True,
        "i_tillegg ellers elles også men_også i_tillegg_kommer utover ut_over utenom"
        " utover_dette ut_over_dette dessuten oftere oftare hyppigere hyppigare ekstra"
        " ekstramøte ekstramøter flere fleire tettere tettare pluss og_ellers samt +"
        " i_tillegg_til mer meir ytterligere ekstraordinært ekstraordinære ekstra_møter"
        " ekstra_møte utover_det desutan",
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
        Sort.FIXED,
        True,
        "fast faste fastsatt fastsatte fastlagt fastlagte fasta fastsett fastsette",
    ),
    (
        Sort.ADJUST,
        True,
        "hyppigere_eller_sjeldnere oftere_eller_sjeldnere sjeldnere_eller_oftere"
        " oftare_eller_sjeldnare sjeldnere_eller_hyppigere avhengig_av_antall_saker"
        " avhengig_av_sakstilfang avhengig_av_saksmengde avhengig_av_behov tilpasses_behov"
        " tilpasset_behov etter_saksmengde avhengig_av_saker avhengig_av_saksmengden",
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
