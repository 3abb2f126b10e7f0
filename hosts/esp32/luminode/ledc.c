/**
 * LEDC: the duty of the lamp's channel, written so that it works in an interrupt while the flash cache is
 * off: by registers alone, as `ledc_set_duty` and `ledc_update_duty` of ESP-IDF do.
 *
 * The SDK's PWM has opened the channel (dimmer.ts) and left a change of duty in one step in its registers;
 * nothing else writes there. On an ESP32 `ledc_ll_set_duty_start` waits until the duty before is shown,
 * one period of the PWM at most; the duties of two interrupts are 40 periods apart.
 */
#include "hal/ledc_ll.h"
#include "light.h"

/* `port` of dimmer.ts. */
#define CHANNEL LEDC_CHANNEL_4

void luminode_ledc(uint32_t value)
{
	ledc_dev_t *ledc = LEDC_LL_GET_HW();
	ledc_ll_set_duty_int_part(ledc, LEDC_LOW_SPEED_MODE, CHANNEL, value);
	ledc_ll_set_duty_start(ledc, LEDC_LOW_SPEED_MODE, CHANNEL);
	ledc_ll_ls_channel_update(ledc, LEDC_LOW_SPEED_MODE, CHANNEL);
}
