"""Invented places, institutions, associations and firms of Egekøbing Kommune, by slot name."""

WORDS: dict[str, tuple[str, ...]] = {
    "town": ("Egekøbing", "Kærsted", "Lyngby Strand", "Nørre Ørum"),
    "village": (
        "Ravnkær", "Tværlund", "Hestmose", "Sejrsby", "Vester Ørum", "Møllersø", "Hvidkær", "Tornsted", "Bøgesminde",
        "Strandhuse", "Sønder Kilde", "Askebæk", "Elleby", "Lindsted", "Torpegård", "Nyrup Kær",
    ),
    "school": (
        "Egebjergskolen", "Kærsted Skole", "Strandmarkskolen", "Åskolen", "Tværlund Skole", "Nørre Ørum Skole",
        "Lyngskolen",
    ),
    "daycare": (
        "Børnehuset Spiren", "Børnehuset Mariehønen", "Naturbørnehaven Ellehøj", "Børnehuset Kompasset",
        "Børnehaven Stjerneskuddet", "Børnehuset Ved Åen", "Vuggestuen Solstrålen", "Børnehuset Klitten",
    ),
    "home": (
        "Plejecenter Åhaven", "Plejecenter Lyngbo", "Plejecenter Kildevæld", "Plejecenter Strandgården",
        "Plejecenter Egely",
    ),
    "residence": ("Bostedet Klitgården", "Bofællesskabet Møllevangen", "Botilbuddet Skrænten", "Bostedet Nordlyset"),
    "road": (
        "Ravnkærvej", "Strandmarksvej", "Gammel Landevej", "Møllersøvej", "Lyngvejen", "Egevænget", "Havnegade",
        "Kirkestien", "Tornstedvej", "Industrivej", "Søndre Ringvej", "Kildevangen", "Fabriksvej", "Åbrinken",
    ),
    "stream": ("Egeå", "Kærsted Bæk", "Ørum Å", "Lindsted Bæk", "Tornsted Møllebæk"),
    "lake": ("Møllersø", "Sortesø", "Lyngsø", "Kildesøen"),
    "meadow": ("Ørum Enge", "Kærsted Mose", "Egeådalen", "Hestmose Kær", "Lindsted Enge"),
    "wood": ("Egebjerg Skov", "Ravnkær Plantage", "Strandskoven", "Askebæk Skov"),
    "hall": ("Kærsted Hallen", "Strandhallen", "Egekøbing Idrætscenter", "Tværlundhallen", "Ørumhallen"),
    "club": (
        "Egekøbing Boldklub", "Kærsted Idrætsforening", "Strandhuse Roklub", "Ørum Gymnastikforening",
        "Egekøbing Svømmeklub", "Tværlund Badmintonklub", "Møllersø Sejlklub", "Ravnkær Rideklub",
    ),
    "association": (
        "Foreningen Åens Venner", "Borgerforeningen i Tværlund", "Landsbyrådet i Ravnkær", "Kærsted Borgerforening",
        "Egekøbing Handelsstandsforening", "Foreningen Levende Strandhuse", "Nørre Ørum Lokalråd",
    ),
    "museum": ("Egekøbing Museum", "Strandhuse Redningsstation", "Ørum Vandmølle", "Det Gamle Bomhus"),
    "culture": ("Kulturhuset Spinderiet", "Musikhuset Kajen", "Teatret Loftet", "Spillestedet Kedelhallen"),
    "firm": (
        "Kærsted Entreprise A/S", "Nordkystens Anlæg A/S", "Ørum Tømrer og Byg ApS", "Lyngsø VVS A/S",
        "Egeå Rådgivning A/S", "Sejrsby Elteknik ApS",
    ),
    "developer": ("Havnekajen Udvikling ApS", "Ådal Boliger A/S", "Kildehuse Ejendomme A/S", "Boligselskabet Egevang"),
    "housing": ("Boligforeningen Egeborg", "Andelsboligforeningen Kystbo", "Boligselskabet Egevang"),
    "heat": ("Egekøbing Fjernvarme", "Kærsted Varmeværk", "Nørre Ørum Kraftvarmeværk"),
    "plan": (
        "Havnefronten", "Kildevangen", "Erhvervsområde Syd", "Søndermarken", "Bymidten Øst", "Lyngparken", "Åkvarteret",
    ),
}  # fmt: skip
