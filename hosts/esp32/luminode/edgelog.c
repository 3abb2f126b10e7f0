/**
 * Edge log: each edge at an input, on the console of the emulator as `edge MILLISECONDS`, since reset, so
 * that a proof needs no clock but the lamp's. It stands before the SDK's handler.
 */
#include "driver/gpio.h"
#include "esp_rom_sys.h"
#include "esp_timer.h"

esp_err_t __real_gpio_isr_handler_add(gpio_num_t pin, gpio_isr_t handler, void *argument);
esp_err_t __wrap_gpio_isr_handler_add(gpio_num_t pin, gpio_isr_t handler, void *argument);

static gpio_isr_t handlers[GPIO_NUM_MAX];

/** The SDK's handlers have their pin as argument. */
static void on_edge(void *argument)
{
	esp_rom_printf("edge %u\n", (unsigned) (esp_timer_get_time() / 1000));
	handlers[(uintptr_t) argument](argument);
}

esp_err_t __wrap_gpio_isr_handler_add(gpio_num_t pin, gpio_isr_t handler, void *argument)
{
	handlers[pin] = handler;
	return __real_gpio_isr_handler_add(pin, on_edge, argument);
}
