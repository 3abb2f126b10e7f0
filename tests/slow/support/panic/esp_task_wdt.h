int esp_task_wdt_print_triggered_tasks(
	void (*say)(void *nothing, const char *part), void *nothing, int *cores);
