/** City tools at a RabbitMQ. */
import { testCityTools } from "../support/citytools.js";

testCityTools((city) => city.rabbitmq());
