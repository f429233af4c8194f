/** What the bot is called in chat. */
export const BOT_NAME = '网格助手';
