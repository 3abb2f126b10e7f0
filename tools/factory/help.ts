/** Help: how `npx luminode factory` is called, in English and French. */
import type { Language } from "../../lib/text/bilingual.js";

export const FACTORY_HELP: Readonly<Record<Language, string>> = {
	en: `usage: luminode factory make --port PORT --console PORT --vault FILE [--board NAME] ...
       luminode factory seal --port PORT --console PORT --vault FILE --update-key FILE ...
       luminode factory identity --lamp SERIAL --to DIR --vault FILE [--profile release] ...
       luminode factory list --vault FILE

make: reads the chip, erases it, writes image and identity, reads them back, tests the lamp by its
console, and records it in the vault. Burns nothing. seal: takes a controller that was made, gives it
keys of its own and the signed image, asks, and burns its fuses, for good (docs/security.md). Both go
on where they were interrupted. One controller after the other at a keyboard.

  --board NAME        a folder of hosts/esp32/boards (esp32-devkit)
  --profile NAME      of make: bring-up (default) or development; of identity: any
  --image DIR         folder of the build (that of the board); seal takes bootloader.signed and
                      xs_esp32.signed
  --port PORT         the controller's UART0 or USB, for esptool and espefuse
  --console PORT      its technician's line, for the tests
  --vault FILE        encrypted file of the secrets (npx luminode vault)
  --update-key FILE   public key of images (npx luminode sign keys); again: the key in the safe
  --ca FILE           CA certificate of the commune, PEM
  --certificate DIR   DIR/SERIAL.crt.pem is the lamp's, where it exists
  --serials FILE      serial numbers, one a line; each new controller gets the next
  --scan              reads the serial number of each controller from a hand scanner
                      without both, a controller is named by its chip
  --label DIR         writes DIR/controller-SERIAL.svg
  --bench FILE        settings for the tests alone, NAME VALUE in each line
  --tests LIST        of lamp,pir,light,broker,all, one after the other (all,pir); a lamp before which
                      something moves stays at full light, so the PIR is tested by itself
  --station NAME      name of this station in the vault (that of the computer)
  --lang en|fr        language of the messages (that of LANG)

Needs ESP-IDF 6.0 (IDF_PATH) for identities; esptool 4.7 or 5 with espefuse and espsecure on PATH, or
beside the program that ESPTOOL names.
Exit code: 0 all done, 1 a controller failed, 2 error before the first controller.
`,
	fr: `usage : luminode factory make --port PORT --console PORT --vault FICHIER [--board NOM] ...
        luminode factory seal --port PORT --console PORT --vault FICHIER --update-key FICHIER ...
        luminode factory identity --lamp SÉRIE --to DOSSIER --vault FICHIER [--profile release] ...
        luminode factory list --vault FICHIER

make : lit la puce, l'efface, écrit l'image et l'identité, les relit, essaie le luminaire par sa
console et le note dans le coffre. Ne brûle rien. seal : prend un contrôleur déjà fait, lui donne ses
propres clés et l'image signée, pose une question, et brûle ses fusibles, pour toujours
(docs/security.md). Les deux reprennent après une interruption. Au clavier, un contrôleur après l'autre.

  --board NOM            un dossier de hosts/esp32/boards (esp32-devkit)
  --profile NOM          pour make : bring-up (par défaut) ou development ; pour identity : tous
  --image DOSSIER        dossier de l'image (celui de la carte) ; seal prend bootloader.signed et
                         xs_esp32.signed
  --port PORT            l'UART0 ou l'USB du contrôleur, pour esptool et espefuse
  --console PORT         sa ligne du technicien, pour les essais
  --vault FICHIER        fichier chiffré des secrets (npx luminode vault)
  --update-key FICHIER   clé publique des images (npx luminode sign keys) ; encore : celle du coffre-fort
  --ca FICHIER           certificat de l'autorité de la commune, PEM
  --certificate DOSSIER  DOSSIER/SÉRIE.crt.pem est celui du luminaire, s'il existe
  --serials FICHIER      numéros de série, un par ligne ; chaque nouveau contrôleur prend le suivant
  --scan                 lit le numéro de série de chaque contrôleur avec un lecteur
                         sans les deux, le contrôleur porte le nom de sa puce
  --label DOSSIER        écrit DOSSIER/controller-SÉRIE.svg
  --bench FICHIER        réglages pour les essais seuls, NOM VALEUR par ligne
  --tests LISTE          parmi lamp,pir,light,broker,all, l'un après l'autre (all,pir) ;
                         un luminaire devant lequel on bouge reste à pleine lumière, le PIR est
                         donc essayé seul
  --station NOM          nom de ce poste dans le coffre (celui de l'ordinateur)
  --lang en|fr           langue des messages (celle de LANG)

Il faut ESP-IDF 6.0 (IDF_PATH) pour les identités ; esptool 4.7 ou 5 avec espefuse et espsecure dans le
PATH, ou à côté du programme que nomme ESPTOOL.
Code de sortie : 0 tout est fait, 1 un contrôleur a échoué, 2 erreur avant le premier contrôleur.
`,
};
