"""Made by tests/domain/country_facts.py from CLDR and phonenumbers; not to be edited by hand.

A line for each country: ISO code, dialling code, English name, Turkish name, other names.
"""

COUNTRIES = """\
AC|247|Ascension Island|Ascension Adası
AD|376|Andorra|Andorra
AE|971|United Arab Emirates|Birleşik Arap Emirlikleri|BAE|UAE|Emirates|Dubai
AF|93|Afghanistan|Afganistan
AG|1|Antigua & Barbuda|Antigua ve Barbuda|Antigua
AI|1|Anguilla|Anguilla
AL|355|Albania|Arnavutluk
AM|374|Armenia|Ermenistan
AO|244|Angola|Angola
AR|54|Argentina|Arjantin
AS|1|American Samoa|Amerikan Samoası
AT|43|Austria|Avusturya
AU|61|Australia|Avustralya
AW|297|Aruba|Aruba
AX|358|Åland Islands|Åland Adaları
AZ|994|Azerbaijan|Azerbaycan
BA|387|Bosnia & Herzegovina|Bosna-Hersek|Bosna|Bosnia
BB|1|Barbados|Barbados
BD|880|Bangladesh|Bangladeş
BE|32|Belgium|Belçika
BF|226|Burkina Faso|Burkina Faso
BG|359|Bulgaria|Bulgaristan
BH|973|Bahrain|Bahreyn
BI|257|Burundi|Burundi
BJ|229|Benin|Benin
BL|590|St. Barthélemy|Saint Barthelemy
BM|1|Bermuda|Bermuda
BN|673|Brunei|Brunei
BO|591|Bolivia|Bolivya
BQ|599|Caribbean Netherlands|Karayip Hollandası
BR|55|Brazil|Brezilya|Brasil
BS|1|Bahamas|Bahamalar
BT|975|Bhutan|Butan
BW|267|Botswana|Botsvana
BY|375|Belarus|Belarus|Beyaz Rusya
BZ|501|Belize|Belize
CA|1|Canada|Kanada
CC|61|Cocos (Keeling) Islands|Cocos (Keeling) Adaları
CD|243|Congo - Kinshasa|Kongo - Kinşasa|Demokratik Kongo|DR Congo|DRC|Kongo|Congo
CF|236|Central African Republic|Orta Afrika Cumhuriyeti
CG|242|Congo - Brazzaville|Kongo - Brazavil|Kongo|Congo
CH|41|Switzerland|İsviçre
CI|225|Côte d’Ivoire|Côte d’Ivoire|Fildişi Sahili|Ivory Coast
CK|682|Cook Islands|Cook Adaları
CL|56|Chile|Şili
CM|237|Cameroon|Kamerun
CN|86|China|Çin
CO|57|Colombia|Kolombiya
CR|506|Costa Rica|Kosta Rika
CU|53|Cuba|Küba
CV|238|Cape Verde|Cabo Verde|Yeşil Burun Adaları|Yeşil Burun
CW|599|Curaçao|Curaçao|Kurasao
CX|61|Christmas Island|Christmas Adası
CY|357|Cyprus|Kıbrıs|Güney Kıbrıs
CZ|420|Czechia|Çekya|Çek Cumhuriyeti|Czech Republic
DE|49|Germany|Almanya
DJ|253|Djibouti|Cibuti
DK|45|Denmark|Danimarka
DM|1|Dominica|Dominika
DO|1|Dominican Republic|Dominik Cumhuriyeti|Dominik|Dominican
DZ|213|Algeria|Cezayir
EC|593|Ecuador|Ekvador
EE|372|Estonia|Estonya
EG|20|Egypt|Mısır
EH|212|Western Sahara|Batı Sahra
ER|291|Eritrea|Eritre
ES|34|Spain|İspanya
ET|251|Ethiopia|Etiyopya
FI|358|Finland|Finlandiya
FJ|679|Fiji|Fiji
FK|500|Falkland Islands|Falkland Adaları
FM|691|Micronesia|Mikronezya
FO|298|Faroe Islands|Faroe Adaları
FR|33|France|Fransa
GA|241|Gabon|Gabon
GB|44|United Kingdom|Birleşik Krallık|İngiltere|UK|England|Great Britain|Britanya
GD|1|Grenada|Grenada
GE|995|Georgia|Gürcistan
GF|594|French Guiana|Fransız Guyanası
GG|44|Guernsey|Guernsey
GH|233|Ghana|Gana
GI|350|Gibraltar|Cebelitarık
GL|299|Greenland|Grönland
GM|220|Gambia|Gambiya
GN|224|Guinea|Gine
GP|590|Guadeloupe|Guadeloupe|Guadelup
GQ|240|Equatorial Guinea|Ekvator Ginesi
GR|30|Greece|Yunanistan
GT|502|Guatemala|Guatemala
GU|1|Guam|Guam
GW|245|Guinea-Bissau|Gine-Bissau
GY|592|Guyana|Guyana
HK|852|Hong Kong|Hong Kong
HN|504|Honduras|Honduras
HR|385|Croatia|Hırvatistan
HT|509|Haiti|Haiti
HU|36|Hungary|Macaristan
ID|62|Indonesia|Endonezya
IE|353|Ireland|İrlanda
IL|972|Israel|İsrail
IM|44|Isle of Man|Man Adası
IN|91|India|Hindistan
IO|246|British Indian Ocean Territory|Britanya Hint Okyanusu Toprakları
IQ|964|Iraq|Irak
IR|98|Iran|İran
IS|354|Iceland|İzlanda
IT|39|Italy|İtalya
JE|44|Jersey|Jersey
JM|1|Jamaica|Jamaika
JO|962|Jordan|Ürdün
JP|81|Japan|Japonya
KE|254|Kenya|Kenya
KG|996|Kyrgyzstan|Kırgızistan
KH|855|Cambodia|Kamboçya
KI|686|Kiribati|Kiribati
KM|269|Comoros|Komorlar
KN|1|St. Kitts & Nevis|Saint Kitts ve Nevis
KP|850|North Korea|Kuzey Kore
KR|82|South Korea|Güney Kore|Kore|Korea
KW|965|Kuwait|Kuveyt
KY|1|Cayman Islands|Cayman Adaları
KZ|7|Kazakhstan|Kazakistan
LA|856|Laos|Laos|Lao
LB|961|Lebanon|Lübnan
LC|1|St. Lucia|Saint Lucia
LI|423|Liechtenstein|Liechtenstein
LK|94|Sri Lanka|Sri Lanka
LR|231|Liberia|Liberya
LS|266|Lesotho|Lesotho
LT|370|Lithuania|Litvanya
LU|352|Luxembourg|Lüksemburg
LV|371|Latvia|Letonya
LY|218|Libya|Libya
MA|212|Morocco|Fas
MC|377|Monaco|Monako
MD|373|Moldova|Moldova|Moldovya
ME|382|Montenegro|Karadağ
MF|590|St. Martin|Saint Martin
MG|261|Madagascar|Madagaskar
MH|692|Marshall Islands|Marshall Adaları
MK|389|North Macedonia|Kuzey Makedonya|Makedonya|Macedonia
ML|223|Mali|Mali
MM|95|Myanmar (Burma)|Myanmar (Burma)|Myanmar|Burma
MN|976|Mongolia|Moğolistan
MO|853|Macao|Makao|Macau
MP|1|Northern Mariana Islands|Kuzey Mariana Adaları
MQ|596|Martinique|Martinik|Martinik
MR|222|Mauritania|Moritanya
MS|1|Montserrat|Montserrat
MT|356|Malta|Malta
MU|230|Mauritius|Mauritius|Morityus
MV|960|Maldives|Maldivler
MW|265|Malawi|Malavi
MX|52|Mexico|Meksika
MY|60|Malaysia|Malezya
MZ|258|Mozambique|Mozambik
NA|264|Namibia|Namibya
NC|687|New Caledonia|Yeni Kaledonya
NE|227|Niger|Nijer
NF|672|Norfolk Island|Norfolk Adası
NG|234|Nigeria|Nijerya
NI|505|Nicaragua|Nikaragua
NL|31|Netherlands|Hollanda|Holland
NO|47|Norway|Norveç
NP|977|Nepal|Nepal
NR|674|Nauru|Nauru
NU|683|Niue|Niue
NZ|64|New Zealand|Yeni Zelanda
OM|968|Oman|Umman
PA|507|Panama|Panama
PE|51|Peru|Peru
PF|689|French Polynesia|Fransız Polinezyası
PG|675|Papua New Guinea|Papua Yeni Gine|Papua
PH|63|Philippines|Filipinler|Filipin
PK|92|Pakistan|Pakistan
PL|48|Poland|Polonya
PM|508|St. Pierre & Miquelon|Saint Pierre ve Miquelon
PR|1|Puerto Rico|Porto Riko
PS|970|Palestinian Territories|Filistin Bölgeleri|Filistin|Palestine
PT|351|Portugal|Portekiz
PW|680|Palau|Palau
PY|595|Paraguay|Paraguay
QA|974|Qatar|Katar
RE|262|Réunion|Reunion
RO|40|Romania|Romanya
RS|381|Serbia|Sırbistan
RU|7|Russia|Rusya
RW|250|Rwanda|Ruanda
SA|966|Saudi Arabia|Suudi Arabistan|Saudi|Suudi|Arabistan
SB|677|Solomon Islands|Solomon Adaları
SC|248|Seychelles|Seyşeller|Seyşel
SD|249|Sudan|Sudan
SE|46|Sweden|İsveç
SG|65|Singapore|Singapur
SH|290|St. Helena|Saint Helena
SI|386|Slovenia|Slovenya
SJ|47|Svalbard & Jan Mayen|Svalbard ve Jan Mayen
SK|421|Slovakia|Slovakya
SL|232|Sierra Leone|Sierra Leone
SM|378|San Marino|San Marino
SN|221|Senegal|Senegal
SO|252|Somalia|Somali
SR|597|Suriname|Surinam
SS|211|South Sudan|Güney Sudan
ST|239|São Tomé & Príncipe|Sao Tome ve Principe|Sao Tome
SV|503|El Salvador|El Salvador
SX|1|Sint Maarten|Sint Maarten
SY|963|Syria|Suriye
SZ|268|Eswatini|Esvatini|Svaziland|Swaziland
TA|290|Tristan da Cunha|Tristan da Cunha
TC|1|Turks & Caicos Islands|Turks ve Caicos Adaları
TD|235|Chad|Çad
TG|228|Togo|Togo
TH|66|Thailand|Tayland
TJ|992|Tajikistan|Tacikistan
TK|690|Tokelau|Tokelau
TL|670|Timor-Leste|Timor-Leste|Doğu Timor|East Timor
TM|993|Turkmenistan|Türkmenistan
TN|216|Tunisia|Tunus
TO|676|Tonga|Tonga
TR|90|Türkiye|Türkiye|Turkey
TT|1|Trinidad & Tobago|Trinidad ve Tobago|Trinidad
TV|688|Tuvalu|Tuvalu
TW|886|Taiwan|Tayvan
TZ|255|Tanzania|Tanzanya
UA|380|Ukraine|Ukrayna
UG|256|Uganda|Uganda
US|1|United States|Amerika Birleşik Devletleri|Amerika|ABD|USA|America
UY|598|Uruguay|Uruguay
UZ|998|Uzbekistan|Özbekistan
VA|39|Vatican City|Vatikan|Vatican
VC|1|St. Vincent & Grenadines|Saint Vincent ve Grenadinler
VE|58|Venezuela|Venezuela
VG|1|British Virgin Islands|Britanya Virjin Adaları|Virgin Islands|Virjin Adaları
VI|1|U.S. Virgin Islands|ABD Virjin Adaları|Virgin Islands|Virjin Adaları
VN|84|Vietnam|Vietnam|Viet Nam
VU|678|Vanuatu|Vanuatu
WF|681|Wallis & Futuna|Wallis ve Futuna
WS|685|Samoa|Samoa
XK|383|Kosovo|Kosova
YE|967|Yemen|Yemen
YT|262|Mayotte|Mayotte
ZA|27|South Africa|Güney Afrika
ZM|260|Zambia|Zambiya
ZW|263|Zimbabwe|Zimbabve
"""
