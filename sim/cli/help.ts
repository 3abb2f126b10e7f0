/** Help: the text of `npm run sim -- --help`. */

import { listScenarios } from "../cli/scenarios.js";
import { CITY_HELP } from "../options/citypart.js";
import { OUTSIDE_HELP } from "../options/outside.js";
import { TOWN_HELP } from "../options/townpart.js";
import { MOST_LINES } from "../options/values.js";

export const HELP = `usage: npm run sim -- [OPTION ...]
       npm run sim -- replay FILE [--headless] [--other-firmware]
       npm run sim -- merge --summary FILE [--trace FILE] PART.json ...

Simulates a street of lamps, each of which runs the firmware in a real XS machine.

  --lamps N        number of lamps (12)
  --seed N         seed of all random numbers: the same seed gives the same run (1)
  --start ISO      begin of the run, e.g. 2026-11-24T15:00:00+01:00; without an offset
                   local time of --zone (first row of a recorded input, else now at a
                   broker outside, else 2026-11-24T16:45:00+01:00; a page without a
                   start opens after 22:05, that evening having been simulated)
  --zone TZ        time zone of the street, for recorded input (Europe/Brussels)
  --duration D     length of the run, e.g. 24h, 90m, 30s (24h when headless, else until
                   Ctrl-C; never past the end of a recorded input)
  --speed N|max    virtual seconds per second (10; headless: max, or 60 with an
                   external broker); max only with the embedded broker
  --headless       no page and no ports; ends after --duration
${TOWN_HELP}${CITY_HELP}  --port N         port of the page on 127.0.0.1; broker and serial lines take the next
                   two (8080)
  --serial LAMPS   opens a TCP port and, if socat is installed, a device for the serial
                   line of each of these lamps: 3, 1,4-6 or all (${MOST_LINES} at most); also
                   with --headless
${OUTSIDE_HELP}  --lux FILE       recorded daylight: CSV with columns t_local,lux
  --traffic FILE   recorded traffic: CSV with columns
                   hour_start_local,cyclists,motor_vehicles, perhaps pedestrians
  --trace FILE     writes one line for each change of a lamp; compressed as FILE.gz
  --summary FILE   writes the figures of the run as JSON
  --replay FILE    the recorded night of a lamp, as replay FILE (docs/technician.md)
  --other-firmware  also a recording by another version of the firmware
  --slots N        slots of a lamp's memory, in place of the manifest's; with fewer its
                   machine ends now and then
  --plant NAME     seeds a defect in the firmware; an unknown name lists all
  --fault F        seeds a fault in the world: NAME[@TIME[+DURATION]][/LAMP], e.g.
                   pirDead@6h+12h/3; may be repeated; an unknown name lists all
  --neighbours     lamps announce movement to each other (light bubble)
  --second on|off  a second lamp beside each lamp, written from the documents alone, and
                   where the two differ (on up to 200 lamps)
  --chance N       per cent of the calls of a host's door that fail, with the faults
                   chanceStore, chanceFlash and so on (2)
  --datagram-loss N  per cent of these datagrams lost on each path (0)
  --slow-link L    between lamps and broker: BITS a second/SECONDS one way/PER CENT of
                   segments lost, e.g. 1000/5/10
  --person P       a road user at a stated time: KIND@TIME[/METRES m][/back], e.g.
                   bicycle@6m or car@90s/45m (pedestrian, bicycle, car); may be repeated
  --quiet          no traffic but that of --person
  --lamp-response  lamps measure their own light and find a dead LED by it; always
                   so with the page
  --own-light LUX  light of a lamp at full on its own sensor, if not measured (2)
  --procession P   identical road users: KIND@KMH/EVERY, e.g. car@50/90s
  --poles M,M,...  metres of each lamp from the first one, instead of 30 m between them
  --name TEXT      of the street, on its page and in its reports
  --vehicles N     motor vehicles a day, in the hours of the residential street
  --walkers N      people on foot and by bicycle a day, likewise
  --program P      program of the lamps, instead of the street's own
  --program2 P     a second program (docs/programs.md):
                   "weekend: sunset 100; 01:00 60; sunrise 0"
  --calendar C     nights of the second program: "Fri,Sat: weekend"
  --minimum-lights-on N  least duration of a relight, minutes
  --set S.N=VALUE  a setting of every lamp, e.g. light.hold=20 (docs/settings.md); may
                   be repeated
  --field W,H      light between the poles on the grid of EN 13201-3: width of the
                   road and height of the lamps, m; needs --set light.fullClass=P4
                   light.floorClass=P6 and light.installedMean=10, or the like
  --input I        KIND@TIME[/LAMP]:TEXT: an order, a message, a typed line; e.g.
                   type@2h/1:status; may be repeated; an unknown kind lists all
  --image PATH     a signed image to offer from the page or over MQTT, or a folder of
                   them (npx luminode sign; docs/street.md); may be repeated
  --image-key FILE  public key by which lamps accept images: NAME.public; up to three,
                   in the order in which they retire
  --hardware H     controller that each lamp reports to be, e.g. esp32-c3/1, so that it
                   accepts the images of that board (virtual/1)
  --profile P      bring-up, development or release, likewise (development)
  --board zhaga    each lamp is in the socket of a luminaire whose driver is on a DALI
                   bus: it has no PWM and no relay (docs/dali.md)
  --scenario NAME  options of a named run; options given beside it take precedence
  --help           this text

Scenarios:
${listScenarios().join("\n")}

merge joins the summaries that the parts of a city wrote, and with --trace their traces:
that of PART.json is PART.trace, or PART.trace.gz if FILE ends so.

Exit code: 0 all checks passed, 1 a check failed or a lamp did not come online at a
broker outside, 2 invalid option or input, or nothing listens at that broker.
`;
