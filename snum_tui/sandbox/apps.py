"""The apps and sites that codes are for, as categories in the site's own order: the much asked for first."""

APP_NAMES: tuple[str, ...] = tuple(
    name.strip()
    for name in """
    Google; Discord; Telegram; WhatsApp; Instagram; Facebook; TikTok; Twitter; Amazon; Microsoft; Apple; Netflix;
    Steam; Tinder; Uber; PayPal; Yahoo; LinkedIn; Snapchat; Spotify; Viber; WeChat; Signal; OpenAI; Twitch; Airbnb;
    eBay; AliExpress; Binance; Bumble; Badoo; Line; KakaoTalk; VK; Yandex; Mail.ru; Odnoklassniki; Avito; Blizzard;
    Epic Games; Roblox; Riot Games; PlayStation; Xbox; Nintendo; Ubisoft; EA Games; Rockstar Games; Wargaming;
    Faceit; Reddit; Pinterest; Tumblr; Quora; Medium; Skype; Zoom; Slack; Dropbox; Adobe; GitHub; GitLab;
    Cloudflare; DigitalOcean; Vultr; Hetzner; OVH; Linode; Alibaba Cloud; Tencent Cloud; Oracle Cloud; IBM Cloud;
    ProtonMail; Tutanota; GMX; AOL; Zoho; Fastmail; Coinbase; Kraken; Bybit; OKX; KuCoin; Bitget; Gate.io; Huobi;
    Paxful; BtcTurk; Paribu; Bitpanda; Crypto.com; Wise; Revolut; N26; Monzo; Payoneer; Skrill; Neteller; Stripe;
    Venmo; Cash App; Zelle; Papara; Ininal; Tosla; Hepsiburada; Trendyol; n11; Sahibinden; Getir; Yemeksepeti;
    Migros; Letgo; Dolap; BiTaksi; Marti; Bolt; Lyft; Grab; Gojek; DiDi; inDrive; BlaBlaCar; Careem;
    Deliveroo; DoorDash; Glovo; Wolt; Foodpanda; Zomato; Swiggy; Flipkart; Shopee; Lazada; Tokopedia; Temu; Shein;
    Zalando; Vinted; Wallapop; OLX; Allegro; MercadoLibre; Walmart; Target; Best Buy; IKEA; Nike; Adidas; Starbucks;
    McDonald's; Burger King; KFC; Domino's; Booking.com; Agoda; Expedia; Tripadvisor; Trip.com; Couchsurfing; Hinge;
    OkCupid; Grindr; Happn; Tagged; MeetMe; Feeld; Azar; Bigo Live; Likee; Kwai; imo; Zalo; Weibo; QQ; Baidu;
    Douyin; Xiaohongshu; Naver; Threads; Bluesky; Clubhouse; Truecaller; Textnow; Claude; Midjourney; Perplexity;
    Kick; Ticketmaster; Diğer
    """.split(";")  # noqa: SIM905 - a list of 190 lines reads no better
)
