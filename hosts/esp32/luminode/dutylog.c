/**
 * Duty log: each duty that reaches the LEDC, on the console of the emulator, whose LEDC makes no
 * waveform. A line is `duty MILLISECONDS VALUE`, since reset, in steps of the resolution.
 *
 * It stands between the SDK's PWM and ESP-IDF, so all above is what other boards run.
 */
#include "driver/ledc.h"
#include "esp_rom_sys.h"
#include "esp_timer.h"

esp_err_t __real_ledc_set_duty(ledc_mode_t mode, ledc_channel_t channel, uint32_t duty);
esp_err_t __wrap_ledc_set_duty(ledc_mode_t mode, ledc_channel_t channel, uint32_t duty);

esp_err_t __wrap_ledc_set_duty(ledc_mode_t mode, ledc_channel_t channel, uint32_t duty)
{
	esp_rom_printf("duty %u %u\n", (unsigned) (esp_timer_get_time() / 1000), (unsigned) duty);
	return __real_ledc_set_duty(mode, channel, duty);
}
