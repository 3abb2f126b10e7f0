/**
 * Duty log: each duty that reaches the LEDC, on the console of the emulator, whose LEDC makes no
 * waveform. A line is `duty MILLISECONDS VALUE`, since reset, in steps of the resolution.
 *
 * It stands before the write of the registers, so all above is what other boards run.
 */
#include "esp_rom_sys.h"
#include "esp_timer.h"
#include "light.h"

void __real_luminode_ledc(uint32_t value);
void __wrap_luminode_ledc(uint32_t value);

void __wrap_luminode_ledc(uint32_t value)
{
	esp_rom_printf("duty %u %u\n", (unsigned) (esp_timer_get_time() / 1000), (unsigned) value);
	__real_luminode_ledc(value);
}
