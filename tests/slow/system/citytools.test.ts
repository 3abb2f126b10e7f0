/** City tools at a mosquitto. */
import { testCityTools } from "../support/citytools.js";

testCityTools((city) => city.mosquitto());
