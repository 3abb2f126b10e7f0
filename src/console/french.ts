/** French: the console's texts (english.ts). */
export const FRENCH = `
greeting luminode, nœud {0}.
closed d'abord : login SECRET
noSecret Ce luminaire n'a pas encore de secret. Pour commencer : secret NOUVEAU le définit, secret en propose un. Avant cela : status, help, language en|fr.
askSecret secret : 
badSecret un secret compte {0} caractères ASCII, sans espace, dont au moins 6 différents ; par exemple {1}
wrongSecret ce n'est pas le secret de ce luminaire ; le prochain essai est vérifié dans {0} s
wait non vérifié : l'attente est relancée, {0} s
loggedIn luminode {0}. Tapez help.
loggedOut session fermée
alreadyOpen la session est déjà ouverte ; logout la ferme
lacksKey Ce luminaire de profil release n'a aucune clé de mise à jour : il n'accepte aucune image ; une clé s'installe en usine.
takenBack Des réglages appliqués sans confirmation ont été annulés : {0}.
proposal par exemple {0} - à noter. Tapez deux fois le nouveau secret ; rien ne s'affiche. Ctrl-C garde l'ancien.
proposalPlain par exemple {0}
again encore une fois : 
secretsDiffer les deux diffèrent : le secret reste inchangé
secretSet le secret est défini ; sans lui, cette console reste fermée
tooLong la ligne dépasse 400 octets, elle est ignorée
overrun saisie trop rapide, perdue en partie : tout est ignoré jusqu'à Entrée. Collez plus lentement, ou par npx luminode provision
cut interrompu
cutPaste interrompu ; lignes abandonnées : {0}, rien n'a changé
paste collez maintenant ; rien ne s'affiche. Ctrl-C y met fin.
swallowed la ligne {0} est prise comme partie du texte collé, non comme commande ; Ctrl-C y met fin.
nothingImported importez l'export du luminaire remplacé, puis apply et confirm
importUnconfirmed l'import n'est pas en vigueur : apply, puis confirm, puis nodeReplaced
pass OK
unknown indéterminé
fail ÉCHEC
verdict verdict : {0}
notEnded l'essai n'a pas abouti : un autre ordre est venu entre-temps
lampUnseen sa lumière n'est pas mesurée ici ; regardez : pleine, trois paliers vers le bas, pleine
lampFails la lumière ne suit pas ; remplacez source, driver ou relais
storeUnseen trop d'écritures en flash en ce moment ; recommencez dans une heure
storeFails la flash n'accepte plus de valeurs ; remplacez le nœud
heapUnseen la mémoire n'est pas encore nettoyée ; recommencez
heapFails la mémoire s'épuise ; tapez restart, et signalez-le
clockUnseen pas encore de date ; time en montre la source
clockFails l'horloge contredit le soleil ; voyez time
notFitted aucun n'est monté d'après les réglages
doubted ses mesures sont douteuses : {0}
nobodyMoved rien n'a bougé pendant 30 s ; recommencez en passant devant
noReading aucune mesure depuis le démarrage
noBroker aucun broker n'est défini
certificateKept {0} est conservé ; la prochaine connexion l'utilise
certificateNew {0} est vérifié ; apply l'essaie, avec tout ce qui est préparé
noPair {0} est conservé ; le certificat présent est celui d'une autre clé : collez aussi celui de cette clé
pairUnknown {0} est conservé ; l'accord entre clé et certificat n'est pas vérifié ici
keysTaken sa signature est vérifiée ensuite, en pleine lumière ; puis status montre les clés (+ : à l'essai), ou events le refus
imported {0} réglages préparés ; apply les met en vigueur
confirmReset cela efface secrets, réglages et données du luminaire. Pour le faire : factoryReset {0}
confirmTime l'horloge est réglée par des serveurs de temps : {0}. Pour la remplacer quand même : time {1} confirm
noInstant {0} n'est pas une date avec heure et fuseau (Z est l'heure UTC) ; par exemple : {1}
tooEarly {0} est trop tôt ; première date acceptée : time {1}
tooLate {0} est trop tard ; dernière date acceptée : time {1}
unknownCommand commande inconnue : {0}. Tapez help.
typeWhole tapez-la en entier : {0}
ambiguous {0} peut être : {1}
unknownName ni commande ni réglage : {0}
unknownSetting aucun réglage ne s'appelle {0}. show les liste tous.
noneShown aucun réglage ne correspond à {0}. show NOM, show SECTION ({1}), show PARTIE ou show changed
usage usage : {0}
notText la ligne n'est pas en UTF-8, elle est ignorée
edited {0} = {1}, préparé ; apply le met en vigueur
trial à l'essai, encore {0}, puis retour à {1} ; confirm conserve, revert annule
proving à l'essai, connecté : conservé dans {0} ; confirm conserve aussitôt, revert revient à {1}
former l'état précédent
waits préparé, pas en vigueur : apply l'essaie, revert l'abandonne
stored les réglages conservés sont en vigueur, rien n'est à l'essai
untilAt jusqu'à {0}
forSpan pendant {0} min
confirmed conservé
spoken la console est désormais en français
notDone non effectué : {0}
refused {0} reste inchangé : {1}
rejected refusé : {0}
why.rateExceeded trop d'ordres en peu de temps ; attendez une minute
why.storeFailure la flash ne l'accepte pas en ce moment ; test store en montre la cause
why.noClock pas d'horloge fiable ; time montre comment la régler
why.outOfRange la valeur est hors des limites
override {0} {1} ; les passants restent éclairés. clear y met fin plus tôt
cleared aucune dérogation n'est en vigueur
identify la lumière change toutes les 2 s pendant {0} s
maintenance niveau tenu {0}, ni alarmes ni mises à jour ; maintenance end y met fin plus tôt
maintained la maintenance est terminée
restart redémarrage dans 2 s, au niveau actuel ; rouvrez ensuite la session
replaced démarrages et compteurs sont repris ; redémarrage dans 2 s, au niveau actuel
erased tout est effacé dans 2 s ; redémarrage comme à la sortie d'usine
noEvents aucun événement
notKept la décision de {0} n'est plus conservée
connecting l'attente avant le prochain essai est abrégée
settings réglages : show les liste, help NOM en explique un
whyChain raisons : {0}
whyNext suite : {0}
nextClear clear termine l'ordre
nextMove un mouvement le relève
nextProgram programme {0}
nextDusk coucher {0}
nextDawn lever {0}
moved dernier mouvement il y a {0}
notMoved aucun mouvement depuis le démarrage
trusted fiable
identity nœud     {0}, série {1}, {2}, logiciel {3}
image image    {0}, emplacement {1}, clés de mise à jour {2}
noUpdateKey aucune - aucune image n'est acceptée
life marche   démarrage n° {0}, cause : {1}, depuis {2}
ended . Le précédent s'est terminé par {0}{1}{2}
endUnknown une réinitialisation du matériel
endAt , pendant : {0} ({1})
time heure    {0}
light lumière  actuelle {0}, consigne {1}, commande {2}, raison : {3}, rapport cyclique {4}
sensing capteurs présence {0}, photocellule {1}, {2} ({3}){4}
night nuit     coucher {0}, lever {1}
meter compteur {0} W ({7}), consommé {1} kWh +-{2} %, économisé {3} kWh, {4} h d'allumage, allumages : {5}{6}
reserved  (majorants depuis une coupure)
modelled modélisés
measured mesurés
traffic trafic   usagers {0} depuis {1}
link liaison  {0}, connexion {1}
monitor suivi    {0}, coupures d'alimentation {1}
settingsState réglages {0}
machine machine  octets libres {0}, erreurs internes {1}, flash : écritures {2}, effacements {3}, années restantes {4}
energyNight nuit {0}  {1} kWh, ancien luminaire {2} kWh
energyHour heure jusqu'à {0}  {1} Wh
watched {0}, {1}, présence {2}, photocellule {3}{4}, liaison {5}
up marche {0}
noClock inconnue : pas d'horloge fiable
noFault aucun défaut
dark nuit
notDark jour
none aucun
noneFeminine aucune
set défini
unset non défini
channel canal
isNew nouveau
network réseau   {0}, {1}, dernier incident {2}{3}
cable câble
broker broker   {0}, {1}, connexion {2}, dernier incident {3}
brokerAt {0}, port {1}, {2}
nextTry , prochain essai dans {0} s
candidate , préparé : {0}
`;
/** Words of reports, as the French lines have them; any other word stays. */
export const FRENCH_WORDS = `
none aucun
unknown inconnue
vacant aucune
moving mouvement
holding temporisation
settling stabilisation
day jour
night nuit
photocell photocellule
sun soleil
doubt doute
synchronised synchronisée
holdover autonome
kept conservée
clockChip puce horloge
midnight milieu de la nuit
powerOn mise sous tension
restart redémarrage
watchdog chien de garde
crash erreur interne
memoryFull une mémoire pleine
scriptStackFull une pile du programme pleine
nativeStackFull une pile de la tâche pleine
exception une exception non interceptée
keysFull une table de noms pleine
badAccess un accès ou une instruction interdits
hung une tâche bloquée
abort un arrêt demandé par le système
assertFailed une vérification du système
heapFull un tas plein
stackOverflow un débordement de pile
stackSmashed un tampon dépassé
interruptsOff des interruptions bloquées
alarm échéance
movement mouvement
illuminance éclairement
temperature température
serial ligne série
network réseau
stream liaison
datagram voisins
date heure
bus bus
trouble erreur
input entrée
light lumière
background arrière-plan
brownout sous-tension
update mise à jour
off arrêtée
waiting en attente
connecting connexion en cours
online en ligne
up actif
down inactif
daylight jour
default par défaut
program programme
lightsOut extinction
sensor capteurs
override dérogation
emergency urgence
floor plancher
maxLevel niveau maximal
systemFailure erreur interne
plain en clair
wifiNotFound Wi-Fi introuvable
wifiRefused refusé par le Wi-Fi (mot de passe ?)
noAddress sans adresse
noNetwork pas de réseau
closedByPeer fermé par le broker
unreachable injoignable
nameUnknown nom inconnu
timedOut sans réponse
tlsRefused TLS refusé
notConfirmed non confirmés
noBroker broker non joint
connectTimeout connexion sans réponse
pingTimeout ping sans réponse
acknowledgeTimeout sans acquittement
refusedVersion version de MQTT refusée
refusedIdentifier identifiant refusé
refusedUnavailable broker indisponible
refusedCredentials nom ou mot de passe refusé
refusedAuthorization accès refusé
subscriptionRefused abonnement refusé
protocolError erreur de protocole
closed connexion fermée
notAllowed non autorisé
notAvailable non disponible
storeFailure écriture en flash impossible
stuckOn bloquées
stuck figées
silent absentes
radio perturbées par la radio
tooBusy trop fréquentes
contradicted contraires au soleil
malformed mal formée
unknownKey signée par une clé inconnue
retiredKey signée par une clé retirée
olderCounter compteur déjà utilisé
laterKeyMissing une clé suivante y manque
updating une mise à jour est en cours
presence présence
linger rémanence
outside hors période
blocked capteur retardé
neighbours luminaire voisin
protected protection
thermal échauffement
minimumDuty minimum du driver
cleaningFactor facteur de maintenance
virtualLightOutput flux virtuel
presenceIgnored présence ignorée
`;
/** Reasons of what could not be done, by phrases; rules of settings are in settings/faults.ts. */
export const FRENCH_PHRASES = `
must wait: confirm or revert what is on trial|doit attendre : d'abord confirm ou revert
cert belongs to another key; first its key|cert est celui d'une autre clé ; d'abord sa clé
could not be stored|n'a pas pu être conservé
has no use here: this controller is wired and has no Wi-Fi|est sans effet ici : ce contrôleur est câblé, sans Wi-Fi
is not base 64|n'est pas en base 64
is not -|n'est pas -
is beyond |dépasse 
 storeFailure| : écriture en flash impossible
 malformed| : mal formé
 expired| : expiré
 notYetValid| : pas encore valable
 unsupported| : type non pris en charge
line |ligne 
`;
