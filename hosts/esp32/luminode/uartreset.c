/**
 * UART reset: the chip's threshold of a full receive FIFO, for the emulator, which leaves 0 after reset.
 *
 * With 0 an empty FIFO counts as full: its interrupt never ends, and the task watchdog follows. The
 * SDK relies on the chip's value; its call after the interrupts are enabled is the place for it.
 */
#include "driver/uart.h"
#include "hal/uart_ll.h"

/* Of UART_RXFIFO_FULL_THRHD, by soc/uart_reg.h of ESP-IDF. */
#define FULL_AT 0x60

esp_err_t __real_uart_set_rx_timeout(uart_port_t port, const uint8_t characters);
esp_err_t __wrap_uart_set_rx_timeout(uart_port_t port, const uint8_t characters);

esp_err_t __wrap_uart_set_rx_timeout(uart_port_t port, const uint8_t characters)
{
	uart_ll_set_rxfifo_full_thr(UART_LL_GET_HW(port), FULL_AT);
	return __real_uart_set_rx_timeout(port, characters);
}
