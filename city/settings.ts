/**
 * Settings: the firmware's table and its kinds of place as data, one JSON object a line.
 *
 * Written by `npm run renew -- settings`.
 */

export const SETTINGS = `
{"name":"site","section":"identity","initial":"","type":"string","minLength":0,"maxLength":32,"pattern":"^([A-Za-z0-9_-]+)?$","not":{"enum":["all","group","unassigned"]},"range":{"en":"0-32 characters (A-Z a-z 0-9 _ -)","fr":"0-32 caractères (A-Z a-z 0-9 _ -)"}}
{"name":"node","section":"identity","initial":"","type":"string","minLength":0,"maxLength":32,"pattern":"^([A-Za-z0-9_-]+)?$","not":{"enum":["all","group","unassigned"]},"range":{"en":"0-32 characters (A-Z a-z 0-9 _ -)","fr":"0-32 caractères (A-Z a-z 0-9 _ -)"}}
{"name":"group","section":"identity","initial":"","type":"string","minLength":0,"maxLength":32,"pattern":"^([A-Za-z0-9_-]+)?$","not":{"enum":["all","group","unassigned"]},"range":{"en":"0-32 characters (A-Z a-z 0-9 _ -)","fr":"0-32 caractères (A-Z a-z 0-9 _ -)"}}
{"name":"place","section":"light","initial":"none","enum":["none","residential","shopping","school","crossing","park","square","throughRoad","darkCorridor"],"range":{"en":"one of none, residential, shopping, school, crossing, park, square, throughRoad, darkCorridor","fr":"l'un de none, residential, shopping, school, crossing, park, square, throughRoad, darkCorridor"}}
{"name":"fullClass","section":"light","initial":"percent","enum":["percent","P1","P2","P3","P4","P5","P6","M1","M2","M3","M4","M5","M6","C0","C1","C2","C3","C4","C5"],"range":{"en":"one of percent, P1, P2, P3, P4, P5, P6, M1, M2, M3, M4, M5, M6, C0, C1, C2, C3, C4, C5","fr":"l'un de percent, P1, P2, P3, P4, P5, P6, M1, M2, M3, M4, M5, M6, C0, C1, C2, C3, C4, C5"}}
{"name":"floorClass","section":"light","initial":"percent","enum":["percent","P1","P2","P3","P4","P5","P6","M1","M2","M3","M4","M5","M6","C0","C1","C2","C3","C4","C5"],"range":{"en":"one of percent, P1, P2, P3, P4, P5, P6, M1, M2, M3, M4, M5, M6, C0, C1, C2, C3, C4, C5","fr":"l'un de percent, P1, P2, P3, P4, P5, P6, M1, M2, M3, M4, M5, M6, C0, C1, C2, C3, C4, C5"}}
{"name":"installedMean","section":"light","initial":0,"type":"number","minimum":0,"maximum":200,"step":0.01,"range":{"en":"0 to 200, step 0.01","fr":"0 à 200, par pas de 0,01"}}
{"name":"fullLevel","section":"light","initial":100,"type":"number","minimum":10,"maximum":100,"step":1,"range":{"en":"10 to 100 %","fr":"10 à 100 %"}}
{"name":"floorLevel","section":"light","initial":20,"type":"number","minimum":0,"maximum":100,"step":1,"range":{"en":"0 to 100 %","fr":"0 à 100 %"}}
{"name":"maxLevel","section":"light","initial":100,"type":"number","minimum":10,"maximum":100,"step":1,"range":{"en":"10 to 100 %","fr":"10 à 100 %"}}
{"name":"lightProtected","section":"light","initial":false,"type":"boolean","range":{"en":"true or false","fr":"true ou false"}}
{"name":"sensorEffect","section":"light","initial":"max","enum":["max","none"],"range":{"en":"one of max, none","fr":"l'un de max, none"}}
{"name":"presenceLevel","section":"light","initial":0,"type":"number","minimum":0,"maximum":100,"step":1,"range":{"en":"0 to 100 %","fr":"0 à 100 %"}}
{"name":"lingerLevel","section":"light","initial":60,"type":"number","minimum":0,"maximum":100,"step":1,"range":{"en":"0 to 100 %","fr":"0 à 100 %"}}
{"name":"hold","section":"light","initial":30,"type":"number","minimum":5,"maximum":1800,"step":1,"range":{"en":"5 to 1800 s","fr":"5 à 1800 s"}}
{"name":"linger","section":"light","initial":30,"type":"number","minimum":0,"maximum":1800,"step":1,"range":{"en":"0 to 1800 s","fr":"0 à 1800 s"}}
{"name":"settleTime","section":"light","initial":30,"type":"number","minimum":0,"maximum":300,"step":1,"range":{"en":"0 to 300 s","fr":"0 à 300 s"}}
{"name":"riseTime","section":"light","initial":0.8,"type":"number","minimum":0,"maximum":1,"step":0.1,"range":{"en":"0 to 1 s, step 0.1","fr":"0 à 1 s, par pas de 0,1"}}
{"name":"fallTime","section":"light","initial":10,"type":"number","minimum":0,"maximum":600,"step":0.1,"range":{"en":"0 to 600 s, step 0.1","fr":"0 à 600 s, par pas de 0,1"}}
{"name":"systemFailureLevel","section":"light","initial":100,"type":"number","minimum":10,"maximum":100,"step":1,"range":{"en":"10 to 100 %","fr":"10 à 100 %"}}
{"name":"program","section":"calendar","initial":"sunset 100; 22:00 60; 00:00 40; 05:30 100; sunrise 0","type":"string","maxLength":320,"pattern":"^[ -~]*$","range":{"en":"program, at most 320 characters","fr":"programme, au plus 320 caractères"}}
{"name":"program2","section":"calendar","initial":"","type":"string","maxLength":180,"pattern":"^[ -~]*$","range":{"en":"NAME: program or empty, at most 180 characters","fr":"NOM: programme ou vide, au plus 180 caractères"}}
{"name":"program3","section":"calendar","initial":"","type":"string","maxLength":180,"pattern":"^[ -~]*$","range":{"en":"NAME: program or empty, at most 180 characters","fr":"NOM: programme ou vide, au plus 180 caractères"}}
{"name":"program4","section":"calendar","initial":"","type":"string","maxLength":180,"pattern":"^[ -~]*$","range":{"en":"NAME: program or empty, at most 180 characters","fr":"NOM: programme ou vide, au plus 180 caractères"}}
{"name":"calendar","section":"calendar","initial":"","type":"string","maxLength":255,"pattern":"^[ -~]*$","range":{"en":"calendar, at most 255 characters","fr":"calendrier, au plus 255 caractères"}}
{"name":"holidays","section":"calendar","initial":"01-01,easter+1,05-01,easter+39,easter+50,07-21,08-15,11-01,11-11,12-25","type":"string","maxLength":255,"pattern":"^[ -~]*$","range":{"en":"list of days, at most 255 characters","fr":"liste de jours, au plus 255 caractères"}}
{"name":"presenceDuringLightsOut","section":"calendar","initial":"light","enum":["light","ignore"],"range":{"en":"one of light, ignore","fr":"l'un de light, ignore"}}
{"name":"minimumLightsOn","section":"calendar","initial":0,"type":"number","minimum":0,"maximum":180,"step":1,"range":{"en":"0 to 180 min","fr":"0 à 180 min"}}
{"name":"zone","section":"calendar","initial":"CET-1CEST,M3.5.0,M10.5.0/3","type":"string","maxLength":64,"pattern":"^[ -~]*$","range":{"en":"zone, at most 64 characters","fr":"fuseau, au plus 64 caractères"}}
{"name":"latitude","section":"calendar","initial":50.63,"type":"number","minimum":-90,"maximum":90,"step":0.0001,"range":{"en":"-90 to 90 deg, step 0.0001","fr":"-90 à 90 deg, par pas de 0,0001"}}
{"name":"longitude","section":"calendar","initial":5.57,"type":"number","minimum":-180,"maximum":180,"step":0.0001,"range":{"en":"-180 to 180 deg, step 0.0001","fr":"-180 à 180 deg, par pas de 0,0001"}}
{"name":"darkElevation","section":"calendar","initial":-2,"type":"number","minimum":-6,"maximum":0,"step":0.1,"range":{"en":"-6 to 0 deg, step 0.1","fr":"-6 à 0 deg, par pas de 0,1"}}
{"name":"photocell","section":"sensing","initial":true,"type":"boolean","range":{"en":"true or false","fr":"true ou false"}}
{"name":"onLevel","section":"sensing","initial":35,"type":"number","minimum":1,"maximum":500,"step":1,"range":{"en":"1 to 500 lx","fr":"1 à 500 lx"}}
{"name":"offLevel","section":"sensing","initial":70,"type":"number","minimum":2,"maximum":1000,"step":1,"range":{"en":"2 to 1000 lx","fr":"2 à 1000 lx"}}
{"name":"onDelay","section":"sensing","initial":30,"type":"number","minimum":0,"maximum":600,"step":1,"range":{"en":"0 to 600 s","fr":"0 à 600 s"}}
{"name":"offDelay","section":"sensing","initial":120,"type":"number","minimum":0,"maximum":600,"step":1,"range":{"en":"0 to 600 s","fr":"0 à 600 s"}}
{"name":"pirFitted","section":"sensing","initial":true,"type":"boolean","range":{"en":"true or false","fr":"true ou false"}}
{"name":"lowerSensor","section":"sensing","initial":"none","enum":["none","beside","instead"],"range":{"en":"one of none, beside, instead","fr":"l'un de none, beside, instead"}}
{"name":"lowerSensorLux","section":"sensing","initial":0,"type":"number","minimum":0,"maximum":100000,"step":1,"range":{"en":"0 to 100000 lx","fr":"0 à 100000 lx"}}
{"name":"clearToBusy","section":"sensing","initial":0,"type":"number","minimum":0,"maximum":5,"step":0.1,"range":{"en":"0 to 5 s, step 0.1","fr":"0 à 5 s, par pas de 0,1"}}
{"name":"pirSilentAfter","section":"sensing","initial":48,"type":"number","minimum":12,"maximum":720,"step":1,"range":{"en":"12 to 720 h","fr":"12 à 720 h"}}
{"name":"trafficDeadTime","section":"sensing","initial":5,"type":"number","minimum":0,"maximum":600,"step":1,"range":{"en":"0 to 600 s","fr":"0 à 600 s"}}
{"name":"trafficK","section":"sensing","initial":3,"type":"number","minimum":3,"maximum":100,"step":1,"range":{"en":"3 to 100","fr":"3 à 100"}}
{"name":"lampResponse","section":"sensing","initial":0,"type":"number","minimum":0,"maximum":200,"step":0.1,"range":{"en":"0 to 200 lx, step 0.1","fr":"0 à 200 lx, par pas de 0,1"}}
{"name":"neighbourGroup","section":"sensing","initial":0,"type":"number","minimum":0,"maximum":65535,"step":1,"range":{"en":"0 to 65535","fr":"0 à 65535"}}
{"name":"poleNumber","section":"sensing","initial":0,"type":"number","minimum":0,"maximum":65535,"step":1,"range":{"en":"0 to 65535","fr":"0 à 65535"}}
{"name":"poleSide","section":"sensing","initial":0,"type":"number","minimum":0,"maximum":1,"step":1,"range":{"en":"0 to 1","fr":"0 à 1"}}
{"name":"poleSpacing","section":"sensing","initial":30,"type":"number","minimum":5,"maximum":200,"step":1,"range":{"en":"5 to 200 m","fr":"5 à 200 m"}}
{"name":"neighbourBubble","section":"sensing","initial":2,"type":"number","minimum":0,"maximum":6,"step":1,"range":{"en":"0 to 6","fr":"0 à 6"}}
{"name":"neighbourMode","section":"sensing","initial":"ahead","enum":["ahead","row"],"range":{"en":"one of ahead, row","fr":"l'un de ahead, row"}}
{"name":"neighbourLevel","section":"sensing","initial":100,"type":"number","minimum":0,"maximum":100,"step":1,"range":{"en":"0 to 100 %","fr":"0 à 100 %"}}
{"name":"lightAhead","section":"sensing","initial":8,"type":"number","minimum":1,"maximum":60,"step":1,"range":{"en":"1 to 60 s","fr":"1 à 60 s"}}
{"name":"autoClear","section":"sensing","initial":45,"type":"number","minimum":5,"maximum":600,"step":1,"range":{"en":"5 to 600 s","fr":"5 à 600 s"}}
{"name":"hopLimit","section":"sensing","initial":5,"type":"number","minimum":0,"maximum":15,"step":1,"range":{"en":"0 to 15","fr":"0 à 15"}}
{"name":"minBroadcastPeriod","section":"sensing","initial":1,"type":"number","minimum":0.5,"maximum":60,"step":0.1,"range":{"en":"0.5 to 60 s, step 0.1","fr":"0,5 à 60 s, par pas de 0,1"}}
{"name":"maxBroadcastPeriod","section":"sensing","initial":10,"type":"number","minimum":1,"maximum":600,"step":1,"range":{"en":"1 to 600 s","fr":"1 à 600 s"}}
{"name":"siteKey","section":"sensing","initial":"","secret":true,"type":"string","minLength":0,"maxLength":64,"pattern":"^([ -~]+)?$","range":{"en":"0-64 characters (ASCII)","fr":"0-64 caractères (ASCII)"}}
{"name":"supply","section":"power","initial":"always","enum":["always","switched"],"range":{"en":"one of always, switched","fr":"l'un de always, switched"}}
{"name":"feeder","section":"power","initial":"","type":"string","minLength":0,"maxLength":32,"pattern":"^([A-Za-z0-9_-]+)?$","not":{"enum":["all","group","unassigned"]},"range":{"en":"0-32 characters (A-Z a-z 0-9 _ -)","fr":"0-32 caractères (A-Z a-z 0-9 _ -)"}}
{"name":"ledPower_W","section":"power","initial":37,"type":"number","minimum":1,"maximum":1000,"step":0.1,"range":{"en":"1 to 1000 W, step 0.1","fr":"1 à 1000 W, par pas de 0,1"}}
{"name":"ledPower50_W","section":"power","initial":0,"type":"number","minimum":0,"maximum":1000,"step":0.1,"range":{"en":"0 to 1000 W, step 0.1","fr":"0 à 1000 W, par pas de 0,1"}}
{"name":"ledPower25_W","section":"power","initial":0,"type":"number","minimum":0,"maximum":1000,"step":0.1,"range":{"en":"0 to 1000 W, step 0.1","fr":"0 à 1000 W, par pas de 0,1"}}
{"name":"ledPower10_W","section":"power","initial":0,"type":"number","minimum":0,"maximum":1000,"step":0.1,"range":{"en":"0 to 1000 W, step 0.1","fr":"0 à 1000 W, par pas de 0,1"}}
{"name":"powerTolerance","section":"power","initial":10,"type":"number","minimum":1,"maximum":50,"step":1,"range":{"en":"1 to 50 %","fr":"1 à 50 %"}}
{"name":"standbyPower_W","section":"power","initial":0.5,"type":"number","minimum":0,"maximum":20,"step":0.1,"range":{"en":"0 to 20 W, step 0.1","fr":"0 à 20 W, par pas de 0,1"}}
{"name":"controllerPower_W","section":"power","initial":0.5,"type":"number","minimum":0,"maximum":20,"step":0.1,"range":{"en":"0 to 20 W, step 0.1","fr":"0 à 20 W, par pas de 0,1"}}
{"name":"oldLampPower_W","section":"power","initial":83,"type":"number","minimum":0,"maximum":1000,"step":0.1,"range":{"en":"0 to 1000 W, step 0.1","fr":"0 à 1000 W, par pas de 0,1"}}
{"name":"baseline","section":"power","initial":"oldLamp","enum":["oldLamp","ledFull"],"range":{"en":"one of oldLamp, ledFull","fr":"l'un de oldLamp, ledFull"}}
{"name":"virtualLightOutput","section":"power","initial":100,"type":"number","minimum":10,"maximum":100,"step":1,"range":{"en":"10 to 100 %","fr":"10 à 100 %"}}
{"name":"cleaningFactor","section":"power","initial":100,"type":"number","minimum":50,"maximum":100,"step":1,"range":{"en":"50 to 100 %","fr":"50 à 100 %"}}
{"name":"cleaningPeriod","section":"power","initial":16000,"type":"number","minimum":0,"maximum":500000,"step":1,"range":{"en":"0 to 500000 h","fr":"0 à 500000 h"}}
{"name":"cleanedAt","section":"power","initial":0,"type":"number","minimum":0,"maximum":500000,"step":1,"range":{"en":"0 to 500000 h","fr":"0 à 500000 h"}}
{"name":"depreciation","section":"power","initial":"","type":"string","maxLength":80,"pattern":"^[ -~]*$","range":{"en":"hours per cent; ..., at most 80 characters","fr":"heures pour cent; ..., au plus 80 caractères"}}
{"name":"hoursBefore","section":"power","initial":0,"type":"number","minimum":0,"maximum":500000,"step":1,"range":{"en":"0 to 500000 h","fr":"0 à 500000 h"}}
{"name":"minimumDuty","section":"power","initial":0,"type":"number","minimum":0,"maximum":50,"step":0.1,"range":{"en":"0 to 50 %, step 0.1","fr":"0 à 50 %, par pas de 0,1"}}
{"name":"drivers","section":"power","initial":1,"type":"number","minimum":1,"maximum":2,"step":1,"range":{"en":"1 to 2","fr":"1 à 2"}}
{"name":"deratingStart","section":"power","initial":75,"type":"number","minimum":40,"maximum":110,"step":1,"range":{"en":"40 to 110 C","fr":"40 à 110 C"}}
{"name":"deratingLevel","section":"power","initial":50,"type":"number","minimum":10,"maximum":100,"step":1,"range":{"en":"10 to 100 %","fr":"10 à 100 %"}}
{"name":"wifiName","section":"link","initial":"","type":"string","minLength":0,"maxLength":32,"pattern":"^([^\\\\u0000-\\\\u001f\\\\u007f]+)?$","range":{"en":"0-32 characters (no control characters)","fr":"0-32 caractères (sans caractère de contrôle)"}}
{"name":"wifiPassword","section":"link","initial":"","secret":true,"type":"string","minLength":0,"maxLength":64,"pattern":"^(([ -~]{8,63}|[0-9A-Fa-f]{64}))?$","range":{"en":"0-64 characters (ASCII)","fr":"0-64 caractères (ASCII)"}}
{"name":"brokerHost","section":"link","initial":"","type":"string","minLength":0,"maxLength":256,"pattern":"^([A-Za-z0-9.:-]+(,[A-Za-z0-9.:-]+)*)?$","range":{"en":"0-256 characters (hosts joined by ,)","fr":"0-256 caractères (hôtes joints par ,)"}}
{"name":"brokerPort","section":"link","initial":8883,"type":"number","minimum":1,"maximum":65535,"step":1,"range":{"en":"1 to 65535","fr":"1 à 65535"}}
{"name":"brokerTls","section":"link","initial":true,"type":"boolean","range":{"en":"true or false","fr":"true ou false"}}
{"name":"brokerServerName","section":"link","initial":"","type":"string","minLength":0,"maxLength":128,"pattern":"^([A-Za-z0-9.:-]+)?$","range":{"en":"0-128 characters (A-Z a-z 0-9 . : -)","fr":"0-128 caractères (A-Z a-z 0-9 . : -)"}}
{"name":"brokerUser","section":"link","initial":"","type":"string","minLength":0,"maxLength":64,"pattern":"^([ -~]+)?$","range":{"en":"0-64 characters (ASCII)","fr":"0-64 caractères (ASCII)"}}
{"name":"brokerPassword","section":"link","initial":"","secret":true,"type":"string","minLength":0,"maxLength":128,"pattern":"^([ -~]+)?$","range":{"en":"0-128 characters (ASCII)","fr":"0-128 caractères (ASCII)"}}
{"name":"root","section":"link","initial":"luminode/1","type":"string","minLength":1,"maxLength":64,"pattern":"^([A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*)$","range":{"en":"1-64 characters (names joined by /)","fr":"1-64 caractères (noms joints par /)"}}
{"name":"reconnectSpread","section":"link","initial":300,"type":"number","minimum":0,"maximum":3600,"step":1,"range":{"en":"0 to 3600 s","fr":"0 à 3600 s"}}
{"name":"keepAlive","section":"link","initial":300,"type":"number","minimum":30,"maximum":65535,"step":1,"range":{"en":"30 to 65535 s","fr":"30 à 65535 s"}}
{"name":"reporting","section":"link","initial":"normal","enum":["normal","narrow"],"range":{"en":"one of normal, narrow","fr":"l'un de normal, narrow"}}
{"name":"stateMinInterval","section":"link","initial":10,"type":"number","minimum":1,"maximum":3600,"step":1,"range":{"en":"1 to 3600 s","fr":"1 à 3600 s"}}
{"name":"statePresenceInterval","section":"link","initial":60,"type":"number","minimum":1,"maximum":3600,"step":1,"range":{"en":"1 to 3600 s","fr":"1 à 3600 s"}}
{"name":"stateMaxInterval","section":"link","initial":3600,"type":"number","minimum":60,"maximum":86400,"step":1,"range":{"en":"60 to 86400 s","fr":"60 à 86400 s"}}
{"name":"telemetryInterval","section":"link","initial":900,"type":"number","minimum":60,"maximum":86400,"step":1,"range":{"en":"60 to 86400 s","fr":"60 à 86400 s"}}
{"name":"presenceReporting","section":"link","initial":false,"type":"boolean","range":{"en":"true or false","fr":"true ou false"}}
{"name":"replySpread","section":"link","initial":10,"type":"number","minimum":0,"maximum":600,"step":1,"range":{"en":"0 to 600 s","fr":"0 à 600 s"}}
{"name":"brokerSession","section":"link","initial":"auto","enum":["auto","clean","persistent"],"range":{"en":"one of auto, clean, persistent","fr":"l'un de auto, clean, persistent"}}
{"name":"language","section":"console","initial":"en","enum":["en","fr"],"range":{"en":"one of en, fr","fr":"l'un de en, fr"}}
`;

export const PLACES = `
{"kind":"residential","values":[["fullClass","P4"],["floorClass","P6"],["floorLevel","20"],["lightProtected","false"],["sensorEffect","max"],["hold","30"],["linger","30"],["program","sunset P4; 22:00 P5; 00:00 P6; 05:30 P4; sunrise 0"],["program2",""],["calendar",""]]}
{"kind":"shopping","values":[["fullClass","P2"],["floorClass","P4"],["floorLevel","20"],["lightProtected","false"],["sensorEffect","max"],["hold","30"],["linger","60"],["program","sunset P2; 20:00 P3; 23:00 P4; 06:00 P3; sunrise 0"],["program2","market: sunset P2; 23:00 P4; 04:30 P2; sunrise 0"],["calendar","Fri: market"]]}
{"kind":"school","values":[["fullClass","P3"],["floorClass","P6"],["floorLevel","20"],["lightProtected","false"],["sensorEffect","max"],["hold","30"],["linger","30"],["program","sunset P3; 19:00 P5; 23:00 P6; 06:30 P3; sunrise 0"],["program2","holidays: sunset P5; 23:00 P6; sunrise 0"],["calendar","07-05..08-24,12-24..01-03,holiday: holidays"]]}
{"kind":"crossing","values":[["fullClass","C3"],["floorClass","C5"],["floorLevel","20"],["lightProtected","true"],["sensorEffect","max"],["hold","30"],["linger","30"],["program","sunset C3; sunrise 0"],["program2",""],["calendar",""]]}
{"kind":"park","values":[["fullClass","P5"],["floorClass","P6"],["floorLevel","20"],["lightProtected","false"],["sensorEffect","max"],["hold","60"],["linger","60"],["program","sunset P5; 23:00 P6; 06:00 P5; sunrise 0"],["program2",""],["calendar",""]]}
{"kind":"square","values":[["fullClass","P2"],["floorClass","P4"],["floorLevel","20"],["lightProtected","false"],["sensorEffect","max"],["hold","45"],["linger","60"],["program","sunset P2; 00:30 P4; 04:30 P2; sunrise 0"],["program2","weekend: sunset P2; 02:30 P4; 04:30 P2; sunrise 0"],["calendar","Fri,Sat,eve: weekend"]]}
{"kind":"throughRoad","values":[["fullClass","M4"],["floorClass","M6"],["floorLevel","20"],["lightProtected","false"],["sensorEffect","none"],["hold","30"],["linger","30"],["program","sunset M4; 22:00 M5; 00:00 M6; 05:30 M4; sunrise 0"],["program2",""],["calendar",""]]}
{"kind":"darkCorridor","values":[["fullClass","P5"],["floorClass","percent"],["floorLevel","0"],["lightProtected","false"],["sensorEffect","max"],["hold","20"],["linger","10"],["program","sunset P5; 22:00 P6; 06:00 P5; sunrise 0"],["program2","season: sunset P6; 22:00 out set P6 hold 15; sunrise 0"],["calendar","03-15..10-31: season"]]}
`;
