"""Words for need, for going on all the time, and for a rhythm that is not told."""

from __future__ import annotations

from scheduler.domain.cadence.vocabulary.sorts import Sort

__all__ = ["NEED_WORDS"]

NEED_WORDS: tuple[tuple[Sort, object, str], ...] = (
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
        " med_ujevne_mellomrom med_jamlege_mellomrom periodisk periodevis flere_ganger"
        " fleire_gonger etter_oppsatt_frekvens ikke_fast regelbundet ved_anledning"
        " når_det_passer med_visse_mellomrom en_gang_iblant jævnligt regelmæssigt regelbundna"
        " så_ofte_som_mulig så_ofte_som_råd flere_møter fleire_møte med_faste_mellomrom"
        " faste_intervaller jamnt jevlig jevlige jamlig jamlige jevnleg jevnlege av_og_te"
        " fleire_gongar periodevise tid_om_annen regelmessigt",
    ),
    (
        Sort.VAGUE,
        "loose",
        "ofte sjelden sjeldan av_og_til hyppig hyppige noen_ganger nokre_ganger nokre_gonger"
        " enkelte_ganger sporadisk tidvis rutinemessig systematisk innimellom"
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
        Sort.POINTER,
        True,
        "se sjå jf jfr jamfør jamf iht ihht i_henhold_til i_hht i_h_t ifølge i_følge følger følgjer"
        " følge følgje i_tråd_med i_samsvar_med som_i fremgår_av framgår_av går_fram_av"
        " går_frem_av beskrevet_i styres_av viser_til ref henviser_til som_vist_i",
    ),
    (
        Sort.REFERENCE,
        "annual wheel",
        "eget_årshjul eige_årshjul",
    ),
    (
        Sort.NO_RHYTHM,
        True,
        "ikke_fastsatt ikkje_fastsett ikke_avklart ikkje_avklart ikke_bestemt"
        " ikkje_bestemt avklares_senere fastsettes_senere ikke_satt tbd ikkje_sett"
        " varierer varierende varierer_fra varierande uavklart varierar ukjent uvisst"
        " fra_gang_til_gang frå_gong_til_gong varierande_frekvens ikke_angitt"
        " ikkje_oppgitt ikke_oppgitt ikkje_oppgjeve ikke_planlagt ikke_definert"
        " ikkje_definert ikke_avtalt ikkje_avtalt ikke_fastlagt ikkje_fastlagd"
        " ikke_angitt_i_planen varierer_fra_gang_til_gang varierer_frå_gong_til_gong",
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
        Sort.CONTINUOUS,
        True,
        "vedvarende vedvarande hele_barnehageåret heile_barnehageåret hele_semesteret"
        " heile_semesteret hele_dagen heile_dagen hele_uken hele_uka heile_veka"
        " gjennom_skoleåret gjennom_skuleåret gjennom_barnehageåret"
        " i_hele_prosjektperioden døgnåpent døgnope hele_døgnet heile_døgnet året_gjennom"
        " i_hele_skoleåret",
    ),
    (
        Sort.VAGUE,
        True,
        "til_faste_tider til_faste_tidspunkt til_avtalte_tider fast_møtetid faste_møtetider"
        " jevne med_ulike_mellomrom med_noe_mellomrom flere_ganger_i_semesteret uregelbundet"
        " etter_oppsatte_tider faste_tidspunkt",
    ),
    (
        Sort.VAGUE,
        "loose",
        "stadig støtt tett tidlegare stundom litt_av_og_til",
    ),
    (
        Sort.DEMAND,
        True,
        "avtales_nærmere avtales_nærmere_ved_behov avtalast_nærare"
        " avtales_fra_gang_til_gang avtales_underveis så_ofte_det_er_nødvendig"
        " så_ofte_det_er_naudsynt så_ofte_det_trengst ved_ledig_kapasitet ved_nye_behov"
        " når_det_blir_behov når_det_er_aktuelt når_det_er_aktuelle_saker"
        " når_aktuelle_saker når_noen_har_behov når_det_er_ønskelig"
        " når_det_er_ønske_om_det etter_behov_og_ønske etter_behov_og_kapasitet"
        " ved_behov_for_det i_tråd_med_behov basert_på_behov tilpasset_behovet"
        " tilpasses_behovet ut_fra_behovet utifra_behov utifrå_behov ut_frå_behov"
        " ut_i_frå_behov etter_behovet når_naudsynt når_nødvendig ved_oppståtte_behov"
        " ved_oppstått_behov på_oppdrag på_henvisning ved_henvisning etter_henvisning"
        " når_det_oppstår_et_behov når_behov_oppstår etter_påmelding på_initiativ_fra"
        " etter_innkalling ved_innkalling",
    ),
)
