/**
 * Entry log: the beginning of the application, on the console of the emulator as `entry MILLISECONDS`. There
 * ESP-IDF sets the counter of a chip back; that of the emulator runs on over a reset.
 */
#include "esp_rom_sys.h"
#include "esp_timer.h"

esp_err_t __real_esp_timer_impl_early_init(void);
esp_err_t __wrap_esp_timer_impl_early_init(void);

esp_err_t __wrap_esp_timer_impl_early_init(void)
{
	esp_err_t done = __real_esp_timer_impl_early_init();
	esp_rom_printf("entry %u\n", (unsigned) (esp_timer_get_time() / 1000));
	return done;
}
