/**
 * Helps: how the laptop's programs are called, in English and French.
 */
import type { Language } from "../../../lib/text/bilingual.js";

type Help = Readonly<Record<Language, string>>;

export const PROVISION_HELP: Help = {
	en: `usage: luminode provision [POLE]
       luminode provision [--port PORT] [--site FILE] [--vault FILE] [--pole ID | --serial | --next | --scan]
       luminode provision [--site FILE] --summary [--label DIR] [--certificate DIR]

Commissions the lamp on the serial line by the site file: sets its secret and its settings,
reads them back, runs its tests, and adds a line to the protocol. Repeat it after an interruption.

Port, site file and vault are found where there is one, or chosen by one key; luminode.json
beside the vault holds these and --label, --certificate, --ca, --exports, --protocol and --tests:
{"site": "site.csv", "label": "labels"}.

  --port PORT         a serial port (/dev/ttyUSB0, COM3) or tcp:HOST:PORT
  --site FILE         CSV: one line a pole; columns pole, node, serial and settings
  --pole ID           the pole, which selects a line of the site file
  --serial            no pole yet: uses the line of the pole *, which applies to all
  --next              a cart of controllers: the pole of the plugged-in controller if it has one,
                      else the next without a passed line; at a keyboard one after the other
  --scan              reads a line of a hand scanner from the input for each lamp: a label, a
                      pole or a serial number; with --next a serial number gets the next pole
  --summary           prints the poles that passed and those that are missing, without a lamp
  --vault FILE        encrypted file of the secrets (npx luminode vault)
  --protocol FILE     CSV to which the result is added (protocol.csv)
  --label DIR         writes DIR/POLE.svg: a label with the QR code of serial number and pole
  --certificate DIR   makes a key and a request DIR/SERIAL.csr.pem; once the CA's answer
                      exists as DIR/SERIAL.crt.pem, installs both; prints the days left
  --ca FILE           CA certificate of the commune, PEM, for the lamp
  --tests LIST        lamp,pir,light,broker, all (default) or none
  --seen              somebody watches the lamp and sees it follow its test; without it, a
                      lamp that does not measure its own light is asked about at the keyboard
  --yes               goes on where name, vault or protocol belong to another pole
  --replaces FILE     export of the replaced lamp, for its settings (those in the site
                      file take precedence), its counters and its life
  --exports DIR       stores the lamp's export, for its later replacement
  --to-text FILE      without a lamp: writes commands to paste; the file contains secrets
  --lang en|fr        language of the messages (that of LANG)

The vault's passphrase is read from the keyboard or from LUMINODE_PASSPHRASE.
Exit code: 0 passed, 1 failed or missing, 2 error before the first exchange with a lamp.
`,
	fr: `usage : luminode provision [MÂT]
        luminode provision [--port PORT] [--site FICHIER] [--vault FICHIER] [--pole ID | --serial | --next | --scan]
        luminode provision [--site FICHIER] --summary [--label DOSSIER] [--certificate DOSSIER]

Met en service, selon le fichier du site, le luminaire de la ligne série : règle son secret et ses
réglages, les relit, lance ses essais et ajoute une ligne au protocole. Après une interruption, relancez.

Le port, le fichier du site et le coffre sont trouvés s'il n'y en a qu'un, sinon choisis d'une
touche ; luminode.json, à côté du coffre, les contient, ainsi que --label, --certificate, --ca,
--exports, --protocol et --tests : {"site": "site.csv", "label": "labels"}.

  --port PORT            un port série (/dev/ttyUSB0, COM3) ou tcp:HÔTE:PORT
  --site FICHIER         CSV : une ligne par mât ; colonnes pole, node, serial et réglages
  --pole ID              le mât, qui choisit une ligne du fichier du site
  --serial               pas encore de mât : la ligne du mât *, qui vaut pour tous
  --next                 un chariot de contrôleurs : le mât du contrôleur branché s'il en a un,
                         sinon le suivant sans ligne réussie ; au clavier, l'un après l'autre
  --scan                 lit à l'entrée une ligne d'un lecteur pour chaque luminaire : une étiquette,
                         un mât ou un numéro de série ; celui-ci, avec --next, reçoit le mât
                         suivant
  --summary              affiche les mâts réussis et les manquants, sans luminaire
  --vault FICHIER        fichier chiffré des secrets (npx luminode vault)
  --protocol FICHIER     CSV auquel le résultat est ajouté (protocol.csv)
  --label DOSSIER        écrit DOSSIER/MÂT.svg : une étiquette, avec le code QR du numéro de
                         série et du mât
  --certificate DOSSIER  crée une clé et une demande DOSSIER/SÉRIE.csr.pem ; dès que la réponse de
                         l'AC existe, DOSSIER/SÉRIE.crt.pem, installe les deux ; affiche les
                         jours restants
  --ca FICHIER           certificat de l'AC de la commune, PEM, pour le luminaire
  --tests LISTE          lamp,pir,light,broker, all (par défaut) ou none
  --seen                 quelqu'un regarde le luminaire et le voit suivre son essai ; sans cela, la
                         question est posée pour un luminaire qui ne mesure pas sa propre lumière
  --yes                  continue si le nom, le coffre ou le protocole désignent un autre mât
  --replaces FICHIER     export du luminaire remplacé, pour ses réglages (ceux du fichier du
                         site priment), ses compteurs et son numéro de démarrage
  --exports DOSSIER      enregistre l'export du luminaire, pour son remplacement
  --to-text FICHIER      sans luminaire : écrit des commandes à coller ; le fichier contient des secrets
  --lang en|fr           langue des messages (celle de LANG)

La phrase de passe du coffre est lue au clavier ou dans LUMINODE_PASSPHRASE.
Code de sortie : 0 réussi, 1 échec ou mâts manquants, 2 erreur avant tout échange avec un luminaire.
`,
};

export const VAULT_HELP: Help = {
	en: `usage: luminode vault --vault FILE (--list | --read NAME | --put WHAT [--lamp NAME] | --rekey)

  --list        prints the lamps in the vault, without secrets
  --read NAME   prints the secrets of one lamp, by serial number or node, or the password of
                a program at the broker: desk, alarm, citizens, traffic, reader, bridge,
                assistant, desk-NAME
  --put WHAT    stores a secret for provisioning, read from the keyboard or a pipe:
                brokerPassword, siteKey ...; for every lamp, or for one with --lamp;
                secret, with --lamp: the password of a console that was set up elsewhere
  --lamp NAME   serial number or node
  --rekey       changes the passphrase
  --lang en|fr  language of the messages (that of LANG)

The passphrase is read from the keyboard or from LUMINODE_PASSPHRASE.
Exit code: 0 done, 2 not done.
`,
	fr: `usage : luminode vault --vault FICHIER (--list | --read NOM | --put QUOI [--lamp NOM] | --rekey)

  --list        affiche les luminaires du coffre, sans secrets
  --read NOM    affiche les secrets d'un luminaire, par numéro de série ou nœud, ou le mot de
                passe d'un programme auprès du broker : desk, alarm, citizens, traffic,
                reader, bridge, assistant, desk-NOM
  --put QUOI    enregistre un secret pour la mise en service, lu au clavier ou dans un tube :
                brokerPassword, siteKey ... ; pour tous les luminaires, ou un avec --lamp ;
                secret, avec --lamp : le mot de passe d'une console réglée ailleurs
  --lamp NOM    numéro de série ou nœud
  --rekey       change la phrase de passe
  --lang en|fr  langue des messages (celle de LANG)

La phrase de passe est lue au clavier ou dans LUMINODE_PASSPHRASE.
Code de sortie : 0 fait, 2 rien n'a été fait.
`,
};

export const CONSOLE_HELP: Help = {
	en: `usage: luminode console --port PORT [--log FILE] | --list

Opens the console of one lamp. Ctrl-Q leaves it; every other key is sent to the lamp.

  --port PORT   a serial port (/dev/ttyUSB0, COM3), 115200 8N1, or tcp:HOST:PORT
  --log FILE    adds the screen's contents to a file, without secrets
  --list        lists the serial ports of this computer with the devices on them
  --lang en|fr  language of this program's own messages (that of LANG)

Exit code: 0 left by Ctrl-Q or at the end of the input, 2 the port could not be used.
`,
	fr: `usage : luminode console --port PORT [--log FICHIER] | --list

Ouvre la console d'un luminaire. Ctrl-Q quitte ; toute autre touche est envoyée au luminaire.

  --port PORT    un port série (/dev/ttyUSB0, COM3), 115200 8N1, ou tcp:HÔTE:PORT
  --log FICHIER  ajoute le contenu de l'écran à un fichier, sans secrets
  --list         montre les ports série de cet ordinateur et leurs appareils
  --lang en|fr   langue des messages de ce programme (celle de LANG)

Code de sortie : 0 quitté par Ctrl-Q ou à la fin de l'entrée, 2 port inutilisable.
`,
};

export const POLE_HELP: Help = {
	en: `usage: luminode pole [--port PORT | --folder DIR]

Serves the page at the pole on 127.0.0.1, for Chrome or Edge with Web Serial, and the guide to
print. Ctrl-C ends it.

  --port PORT   the port (8090)
  --folder DIR  writes the page into a folder instead; index.html opens by a double click
  --lang en|fr  language of this program's own messages (that of LANG)
`,
	fr: `usage : luminode pole [--port PORT | --folder DOSSIER]

Sert la page au mât sur 127.0.0.1, pour Chrome ou Edge avec Web Serial, et le guide à imprimer.
Ctrl-C termine.

  --port PORT       le port (8090)
  --folder DOSSIER  écrit la page dans un dossier ; index.html s'ouvre d'un double clic
  --lang en|fr      langue des messages de ce programme (celle de LANG)
`,
};
