// The small prior that ships: what is advertising to anybody, in a few languages, and how people
// talk who mean the text that they answer. Weights are natural log-odds for spam; a few decisions
// of the owner outweigh each of them.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "journal/judge_weights.h"

namespace daybook::journal {
namespace {

struct Prior {
  std::string_view name;
  double weight;
};

template <size_t N>
constexpr std::array<Prior, N> Sorted(std::array<Prior, N> list) {
  std::sort(list.begin(), list.end(),
            [](const Prior& a, const Prior& b) { return a.name < b.name; });
  return list;
}

// clang-format off
constexpr auto kPrior = Sorted(std::to_array<Prior>({

    // Manner
    {"m:links0", -0.6}, {"m:links1", 1.0}, {"m:links2", 1.6}, {"m:links3", 2.6},
    {"m:linkalone", 1.3}, {"m:linkfew", 0.7}, {"m:linksome", -0.1}, {"m:linkmany", -0.5},
    {"m:markup", 0.4}, {"m:link_root", 0.4}, {"m:link_deep", -0.4}, {"m:link_hyphens", 0.9}, {"m:picture", 1.5}, {"m:email", 0.4}, {"m:telephone", 1.0}, {"m:disguised", 2.2}, {"m:hidden", 1.6},
    {"m:handle", 0.4}, {"m:hashtag", 0.4}, {"m:shouted", 0.5}, {"m:calls3", 0.2}, {"m:money", 0.7},
    {"m:digits", 0.3}, {"m:asks", -0.3}, {"m:name_link", 2.5}, {"m:apart", 0.4}, {"m:urges", 0.7},
    {"m:urges2", 1.2}, {"m:own", 0.8}, {"m:own2", 1.4}, {"m:name_long", 0.6}, {"m:author_url", 0.2},

    // Look at what I have
    {"w:subscribe", 2.6}, {"w:subscribed", 1.0}, {"w:subscriber", 1.4}, {"w:subscribers", 1.4},
    {"w:subscribing", 1.6}, {"w:sub", 1.4}, {"w:subs", 1.6}, {"w:follow", 1.0},
    {"w:followers", 1.6}, {"p:follow me", 1.8}, {"p:follow us", 1.8}, {"p:follow my", 1.6},
    {"p:follow back", 1.4}, {"p:check out", 1.4}, {"p:check my", 2.2}, {"p:check our", 2.0},
    {"p:check me", 1.6}, {"p:out my", 1.8}, {"p:out our", 1.8}, {"p:out this", 0.6},
    {"p:my channel", 2.2}, {"p:our channel", 2.2}, {"w:channel", 1.2}, {"w:channels", 0.8},
    {"p:my page", 1.8}, {"p:our page", 1.6}, {"p:my website", 1.0}, {"p:our website", 1.4},
    {"p:my site", 0.8}, {"p:our site", 1.2}, {"p:my blog", 0.2}, {"p:my profile", 2.0},
    {"p:my videos", 1.6}, {"p:my video", 1.4}, {"p:my music", 1.0}, {"p:my cover", 1.4},
    {"p:my app", 1.4}, {"p:my book", 0.5}, {"p:visit my", 2.2}, {"p:visit our", 2.2},
    {"p:visit us", 1.8}, {"w:visit", 0.8}, {"p:click here", 2.4}, {"p:click on", 1.0},
    {"p:click the", 1.0}, {"w:click", 0.9}, {"p:the link", 0.7}, {"p:this link", 1.0},
    {"p:link in", 0.8}, {"p:in bio", 2.0}, {"p:like my", 1.6}, {"p:thumbs up", 0.6},
    {"p:add me", 1.6}, {"p:contact me", 1.4}, {"p:contact us", 1.8}, {"p:text me", 1.4},
    {"p:message me", 1.4}, {"p:email me", 1.0}, {"p:call me", 0.6}, {"p:vote for", 0.8},
    {"p:share this", 0.6}, {"p:please share", 1.0}, {"p:please like", 1.2}, {"p:please check", 1.4},
    {"p:please subscribe", 1.4}, {"p:please visit", 1.6}, {"p:support me", 1.2}, {"p:help me", 0.4},
    {"w:please", 0.5}, {"w:dm", 0.6}, {"p:dm me", 1.4}, {"w:inbox", 0.8}, {"w:pls", 0.9}, {"w:plz", 0.9}, {"p:hey guys", 1.2}, {"p:hi guys", 1.2},
    {"p:hello guys", 1.2}, {"p:hey everyone", 1.2}, {"p:hi everyone", 1.0}, {"p:new channel", 1.4},
    {"w:upload", 0.7}, {"w:promote", 1.2}, {"w:promotion", 1.4}, {"w:advertise", 1.4},
    {"w:advertising", 0.8}, {"w:sponsor", 0.8}, {"w:youtube", 0.5}, {"w:facebook", 0.6},
    {"w:twitter", 0.5}, {"w:instagram", 0.8}, {"w:whatsapp", 1.8}, {"w:telegram", 1.4},
    {"w:tiktok", 0.5}, {"w:onlyfans", 2.6}, {"w:snapchat", 1.0}, {"w:skype", 1.0},
    {"s:like this comment", 2.4}, {"p:this comment", 0.5}, 
    {"s:take a look", 1.4}, {"s:check it out", 1.6}, {"s:check this out", 1.6},
    {"s:give it a", 0.6}, {"p:my new", 0.9},
    {"p:our new", 0.9}, {"w:vote", 0.6}, {"w:share", 0.6}, 
    {"s:my name is", 0.6}, {"p:new track", 0.9}, 
    {"s:mean a lot", 1.2}, {"s:mean the world", 1.2}, 
    {"p:sub me", 1.6}, 

    // Money
    {"w:free", 0.8}, {"p:for free", 0.5}, {"w:giveaway", 2.0}, {"w:coupon", 2.0},
    {"w:coupons", 2.0}, {"w:discount", 1.8}, {"w:discounts", 1.8}, {"w:cheap", 1.4},
    {"w:cheapest", 1.8}, {"w:buy", 0.9}, {"p:buy now", 2.0}, {"w:sale", 0.8}, {"p:for sale", 1.0},
    {"w:earn", 1.6}, {"p:earn money", 1.6}, {"p:make money", 1.8}, {"p:making money", 1.2},
    {"p:money online", 1.8}, {"w:income", 1.0}, {"p:passive income", 1.6}, {"w:paypal", 1.2},
    {"w:cash", 0.8}, {"w:loan", 1.6}, {"w:loans", 1.8}, {"w:payday", 2.4}, {"w:mortgage", 1.0},
    {"w:credit", 0.6}, {"p:credit score", 1.6}, {"w:invest", 1.0}, {"w:investment", 1.0},
    {"w:investing", 0.8}, {"w:profit", 1.0}, {"w:profits", 1.2}, {"w:bitcoin", 1.4},
    {"w:bitcoins", 1.4}, {"w:crypto", 1.4}, {"w:forex", 2.2}, {"w:trader", 1.0}, {"w:trading", 0.8},
    {"w:binary", 0.3}, {"p:gift card", 1.6}, {"p:gift cards", 1.6}, {"w:win", 0.5},
    {"w:winner", 0.8}, {"w:prize", 1.0}, {"w:lottery", 1.8}, {"w:casino", 2.6}, {"w:bonus", 1.2}, {"w:casinos", 2.8},
    {"w:poker", 1.8}, {"w:betting", 2.0}, {"w:gambling", 1.2}, {"w:slots", 1.8}, {"w:jackpot", 1.8},
    {"p:home based", 1.0}, {"p:from home", 0.9}, {"p:work from", 0.7}, {"p:per week", 0.7},
    {"p:per day", 0.4}, {"p:an hour", 0.3}, {"p:sign up", 1.2}, {"w:signup", 1.4},
    {"w:register", 0.7}, {"w:join", 0.6}, {"w:offer", 0.7}, {"w:offers", 0.8},
    {"p:best price", 1.6}, {"p:best prices", 1.8}, {"w:prices", 0.6}, {"w:order", 0.4},
    {"w:shipping", 1.0}, {"w:wholesale", 2.0}, {"w:replica", 2.2}, {"w:handbags", 2.2},
    {"w:outlet", 1.4}, {"w:vuitton", 2.4}, {"w:rolex", 2.0}, {"w:jerseys", 1.8}, {"w:donate", 1.0},

    // Pills, company, services, search engines
    {"w:viagra", 3.2}, {"w:cialis", 3.2}, {"w:levitra", 3.2}, {"w:pharmacy", 2.0}, {"w:pills", 1.6},
    {"w:prescription", 1.2}, {"w:tramadol", 2.8}, {"w:xanax", 2.2}, {"w:ambien", 2.2},
    {"w:steroids", 1.6}, {"w:keto", 1.4}, {"w:cbd", 1.8}, {"p:weight loss", 1.8},
    {"p:lose weight", 1.8}, {"w:supplement", 1.2}, {"w:porn", 2.2}, {"w:xxx", 2.2},
    {"w:escort", 2.2}, {"w:escorts", 2.6}, {"w:webcam", 1.6}, {"w:dating", 1.6}, {"w:singles", 1.0},
    {"w:nude", 1.4}, {"w:nudes", 1.8}, {"w:seo", 2.2}, {"w:backlinks", 2.8}, {"w:backlink", 2.6},
    {"w:traffic", 0.8}, {"p:website traffic", 1.6}, {"p:search engine", 0.9},
    {"p:web hosting", 1.4}, {"w:ranking", 0.7}, {"w:hack", 1.0}, {"w:hacker", 1.4},
    {"w:hackers", 0.6}, {"w:cheats", 1.4}, {"w:generator", 1.0}, {"w:torrent", 1.2},
    {"w:download", 1.1}, {"w:crack", 0.8}, {"w:keygen", 2.2}, {"w:essay", 0.6}, {"w:essays", 1.2},
    {"p:writing service", 2.0}, {"w:movers", 1.2}, {"w:plumber", 1.2}, {"w:lawyer", 0.8},
    {"w:spell", 0.5}, {"p:spell caster", 3.0}, {"w:testimony", 1.2}, {"p:love spell", 2.0},
    {"w:doctor", 0.2}, {"w:herbal", 1.6}, {"w:cure", 0.6}, {"w:app", 0.4}, {"w:apk", 2.0},
    {"w:mod", 0.4}, {"w:iptv", 2.6},

    // Praise that fits every page
    {"p:great post", 0.9}, {"p:nice post", 1.2}, {"p:good post", 0.8}, {"p:great article", 0.8},
    {"p:nice article", 1.0}, {"p:great blog", 1.0}, {"p:nice blog", 1.4},
    {"p:informative post", 1.4}, {"w:informative", 0.9}, {"p:awesome blog", 1.2},
    {"p:this blog", 0.4}, {"p:your blog", 0.5}, {"p:your website", 0.8}, {"p:your site", 0.7},
    {"p:for sharing", 0.8}, {"p:valuable information", 1.2}, {"p:keep posting", 1.0},
    {"p:great information", 0.9}, {"p:same niche", 2.0}, {"p:this paragraph", 0.6},
    {"p:fastidious post", 2.5}, {"w:bookmarked", 1.4}, {"p:bookmark your", 1.6},
    {"p:blog platform", 1.6}, {"p:this website", 0.5}, {"p:my cousin", 0.4}, {"s:suggested this blog", 2.0}, {"s:suggested this website", 2.0}, {"s:recommended i might", 2.0}, {"s:made my day", 0.5}, {"p:web page", 0.6}, {"p:web site", 0.5}, {"w:webmaster", 1.6},
    {"p:first comment", 0.2},

    // Links that others hide behind, or where everybody has something to sell
    {"h:bit.ly", 1.6}, {"h:tinyurl.com", 1.6}, {"h:goo.gl", 1.2}, {"h:t.co", 0.8}, {"h:ow.ly", 1.4},
    {"h:is.gd", 1.4}, {"h:adf.ly", 2.4}, {"h:cutt.ly", 1.8}, {"h:rebrand.ly", 1.8}, {"h:t.me", 1.8},
    {"h:wa.me", 2.2}, {"h:linktr.ee", 1.8}, {"h:facebook.com", 0.8}, {"h:m.facebook.com", 0.8},
    {"h:instagram.com", 0.8}, {"h:ebay.com", 1.2}, {"h:amazon.com", 0.6}, {"h:gofundme.com", 1.6},
    {"h:indiegogo.com", 1.2}, {"h:kickstarter.com", 1.0}, {"h:patreon.com", 1.0},
    {"h:twitch.tv", 1.0}, {"h:soundcloud.com", 0.9}, {"h:youtu.be", -0.7}, {"h:youtube.com", -0.6},
    {"h:wikipedia.org", -2.0}, {"h:en.wikipedia.org", -2.0}, {"h:de.wikipedia.org", -2.0},
    {"h:fr.wikipedia.org", -2.0}, {"h:archive.org", -1.0}, {"h:web.archive.org", -1.2},
    {"h:doi.org", -1.5}, {"h:arxiv.org", -1.5}, {"h:github.com", -0.5}, {"u:ref", 1.0},
    {"u:register", 1.2}, {"u:signup", 1.2}, {"u:coupon", 1.6}, {"u:shop", 0.8}, {"u:product", 0.8},
    {"u:casino", 2.4}, {"u:profile", 0.6}, {"u:pages", 0.5}, {"u:affiliate", 2.0}, {"u:aff", 1.6},
    {"u:wiki", -1.0}, {"u:article", -0.3}, {"u:news", -0.2},

    // Names that nobody bears
    {"n:seo", 2.4}, {"n:casino", 2.8}, {"n:cheap", 2.2}, {"n:buy", 2.2}, {"n:online", 1.8},
    {"n:best", 1.6}, {"n:free", 1.4}, {"n:loans", 2.4}, {"n:viagra", 3.0}, {"n:cialis", 3.0},
    {"n:services", 1.8}, {"n:service", 1.6}, {"n:company", 1.4}, {"n:agency", 1.6},
    {"n:repair", 1.6}, {"n:hosting", 1.6}, {"n:marketing", 1.8}, {"n:bags", 1.8}, {"n:shoes", 1.8},
    {"n:escort", 2.4}, {"n:escorts", 2.4}, {"n:slot", 2.0}, {"n:com", 1.6},

    // German, French, Spanish
    {"w:abonnieren", 1.8}, {"w:abonniert", 1.4}, {"p:mein kanal", 1.8}, {"p:meinen kanal", 2.0},
    {"w:gutschein", 1.8}, {"w:rabatt", 1.6}, {"w:billig", 1.2}, {"w:kredit", 1.6},
    {"w:gewinnspiel", 1.6}, {"p:geld verdienen", 1.8}, {"p:klick hier", 2.0},
    {"p:hier klicken", 2.0}, {"w:potenzmittel", 2.6}, {"w:kostenlos", 1.0}, {"w:abonnez", 1.8},
    {"p:ma chaine", 1.8}, {"p:cliquez ici", 2.2}, {"w:gratuit", 0.9}, {"w:promo", 1.4},
    {"w:voyance", 1.8}, {"w:marabout", 2.4}, {"w:pret", 0.3}, {"p:gagner argent", 1.6},
    {"w:suscribete", 2.0}, {"w:suscribanse", 2.0}, {"p:mi canal", 2.0}, {"p:haz clic", 1.8},
    {"p:clic aqui", 2.0}, {"w:gratis", 1.0}, {"w:prestamos", 1.8}, {"p:ganar dinero", 1.8},
    {"w:descuento", 1.6},

    // Russian, Chinese, Japanese
    {"w:казино", 2.6}, {"w:скидка", 1.6}, {"w:скидки", 1.6}, {"w:купить", 1.4},
    {"w:заработок", 2.2}, {"w:кредит", 1.4}, {"w:займ", 2.2}, {"w:бесплатно", 1.0},
    {"w:подпишись", 2.0}, {"w:подписывайтесь", 2.0}, {"w:ставки", 1.4}, {"w:порно", 2.4},
    {"w:сайт", 0.5}, {"w:сайте", 0.4}, {"w:заказать", 1.4}, {"w:недорого", 1.6}, {"c:彩票", 2.4},
    {"c:博彩", 2.6}, {"c:赌场", 2.6}, {"c:代开", 2.4}, {"c:发票", 1.6}, {"c:办证", 2.4}, {"c:贷款", 1.8},
    {"c:加微", 2.0}, {"c:微信", 1.0}, {"c:免费", 1.0}, {"c:优惠", 1.2}, {"c:兼职", 1.8}, {"c:点击", 1.0},
    {"c:無料", 1.0}, {"c:激安", 2.2}, {"c:副業", 2.0}, {"c:稼げ", 2.0}, {"c:出会", 0.8},

    // How people answer
    {"s:how do i", -1.0}, {"p:do i", -0.4}, {"p:see also", -0.6}, {"p:i wrote", -0.4}, {"w:broken", -0.6}, {"w:fix", -0.4}, {"w:fixed", -0.4}, {"w:he", -0.5}, {"w:she", -0.5}, {"w:his", -0.3}, {"w:her", -0.3}, {"w:was", -0.3},
    {"w:were", -0.3}, {"w:but", -0.3}, {"w:because", -0.4}, {"w:think", -0.5}, {"p:i think", -0.5},
    {"w:agree", -0.6}, {"w:disagree", -0.6}, {"w:remember", -0.6}, {"w:though", -0.4},
    {"w:didnt", -0.4}, {"w:doesnt", -0.3}, {"w:wrong", -0.4}, {"w:why", -0.5}, {"w:how", -0.2},
    {"w:who", -0.3}, {"w:still", -0.3}, {"w:never", -0.3}, {"w:said", -0.4}, {"w:thought", -0.4},
    {"w:maybe", -0.4}, {"w:actually", -0.3}, {"w:it", -0.2}, {"w:that", -0.2}, {"w:they", -0.3},
    {"w:so", -0.2}, {"w:lol", -0.3}, {"w:this", -0.1}, {"w:too", -0.2},
    {"w:old", -0.2}, {"w:years", -0.2}, {"w:und", -0.2}, {"w:nicht", -0.4}, {"w:aber", -0.4},
    {"w:weil", -0.4}, {"w:pas", -0.3}, {"w:mais", -0.4}, {"w:parce", -0.4}, {"w:pero", -0.4},
    {"w:porque", -0.4}, {"w:не", -0.3}, {"w:но", -0.3},

    // Words of every text: known, so that the first few decisions do not make them speak.
    {"w:the", -0.01}, {"w:a", -0.01}, {"w:an", -0.01}, {"w:to", -0.01}, {"w:and", -0.01},
    {"w:of", -0.01}, {"w:in", -0.01}, {"w:is", -0.01}, {"w:are", -0.01}, {"w:you", -0.01},
    {"w:for", -0.01}, {"w:on", -0.01}, {"w:i", -0.01}, {"w:im", -0.01}, {"w:my", -0.01},
    {"w:me", -0.01}, {"w:we", -0.01}, {"w:us", -0.01}, {"w:our", -0.01}, {"w:your", -0.01},
    {"w:at", -0.01}, {"w:be", -0.01}, {"w:with", -0.01}, {"w:have", -0.01}, {"w:has", -0.01},
    {"w:had", -0.01}, {"w:not", -0.01}, {"w:no", -0.01}, {"w:yes", -0.01}, {"w:if", -0.01},
    {"w:or", -0.01}, {"w:as", -0.01}, {"w:by", -0.01}, {"w:from", -0.01}, {"w:all", -0.01},
    {"w:one", -0.01}, {"w:can", -0.01}, {"w:do", -0.01}, {"w:does", -0.01}, {"w:dont", -0.01},
    {"w:just", -0.01}, {"w:like", -0.01}, {"w:love", -0.01}, {"w:good", -0.01}, {"w:great", -0.01},
    {"w:more", -0.01}, {"w:most", -0.01}, {"w:very", -0.01}, {"w:up", -0.01}, {"w:out", -0.01},
    {"w:about", -0.01}, {"w:what", -0.01}, {"w:when", -0.01}, {"w:where", -0.01},
    {"w:which", -0.01}, {"w:there", -0.01}, {"w:here", -0.01}, {"w:than", -0.01}, {"w:then", -0.01},
    {"w:them", -0.01}, {"w:their", -0.01}, {"w:its", -0.01}, {"w:been", -0.01}, {"w:will", -0.01},
    {"w:would", -0.01}, {"w:should", -0.01}, {"w:could", -0.01}, {"w:after", -0.01},
    {"w:before", -0.01}, {"w:now", -0.01}, {"w:only", -0.01}, {"w:also", -0.01}, {"w:even", -0.01},
    {"w:into", -0.01}, {"w:over", -0.01}, {"w:some", -0.01}, {"w:any", -0.01}, {"w:people", -0.01},
    {"w:time", -0.01}, {"w:day", -0.01}, {"w:see", -0.01}, {"w:know", -0.01}, {"w:get", -0.01},
    {"w:got", -0.01}, {"w:go", -0.01}, {"w:going", -0.01}, {"w:make", -0.01}, {"w:want", -0.01},
    {"w:need", -0.01}, {"w:say", -0.01}, {"w:look", -0.01}, {"w:really", -0.01}, {"w:much", -0.01},
    {"w:many", -0.01}, {"w:well", -0.01}, {"w:thing", -0.01}, {"w:things", -0.01}, {"w:way", -0.01},
    {"w:first", -0.01}, {"w:new", -0.01}, {"w:best", -0.01}, {"w:back", -0.01}, {"w:two", -0.01},
    {"w:man", -0.01}, {"w:guy", -0.01}, {"w:der", -0.01}, {"w:die", -0.01}, {"w:das", -0.01},
    {"w:den", -0.01}, {"w:dem", -0.01}, {"w:ein", -0.01}, {"w:eine", -0.01}, {"w:ist", -0.01},
    {"w:ich", -0.01}, {"w:du", -0.01}, {"w:er", -0.01}, {"w:sie", -0.01}, {"w:wir", -0.01},
    {"w:es", -0.01}, {"w:zu", -0.01}, {"w:mit", -0.01}, {"w:auf", -0.01}, {"w:von", -0.01},
    {"w:auch", -0.01}, {"w:wie", -0.01}, {"w:hat", -0.01}, {"w:war", -0.01}, {"w:noch", -0.01},
    {"w:le", -0.01}, {"w:la", -0.01}, {"w:les", -0.01}, {"w:un", -0.01}, {"w:une", -0.01},
    {"w:est", -0.01}, {"w:et", -0.01}, {"w:de", -0.01}, {"w:des", -0.01}, {"w:en", -0.01},
    {"w:je", -0.01}, {"w:tu", -0.01}, {"w:il", -0.01}, {"w:elle", -0.01}, {"w:nous", -0.01},
    {"w:vous", -0.01}, {"w:ce", -0.01}, {"w:qui", -0.01}, {"w:que", -0.01}, {"w:dans", -0.01},
    {"w:pour", -0.01}, {"w:sur", -0.01}, {"w:avec", -0.01}, {"w:el", -0.01}, {"w:los", -0.01},
    {"w:las", -0.01}, {"w:y", -0.01}, {"w:yo", -0.01}, {"w:por", -0.01}, {"w:con", -0.01},
    {"w:su", -0.01}, {"w:lo", -0.01}, {"w:muy", -0.01}, {"w:mas", -0.01}, {"w:и", -0.01},
    {"w:в", -0.01}, {"w:я", -0.01}, {"w:на", -0.01}, {"w:что", -0.01}, {"w:это", -0.01},
    {"w:как", -0.01}, {"w:у", -0.01}, {"w:с", -0.01}, {"w:а", -0.01}, {"w:он", -0.01},
    {"w:она", -0.01}, {"w:мы", -0.01}, {"w:вы", -0.01}, {"w:так", -0.01}, {"w:все", -0.01},
    {"m:length0", -0.01}, {"m:length1", -0.01}, {"m:length3", -0.01}, {"m:length6", -0.01},
    {"m:length12", -0.01}, {"m:length25", -0.01}, {"m:length60", -0.01}, {"m:length150", -0.01},
    {"m:calls", -0.01}, {"m:stretched", -0.01}, {"m:pictures", -0.01}, {"m:unspaced", -0.01},
    {"m:cyrillic", -0.01},
}));
// clang-format on

double Find(std::string_view name) {
  const auto* found = std::lower_bound(
      kPrior.begin(), kPrior.end(), name,
      [](const Prior& prior, std::string_view wanted) { return prior.name < wanted; });
  return found != kPrior.end() && found->name == name ? found->weight : 0;
}

// What a word of advertising says where it stands in an address or a name.
constexpr double kElsewhere = 0.7;

}  // namespace

double PriorWeight(std::string_view name) {
  const double weight = Find(name);
  if (weight != 0 || !(name.starts_with("u:") || name.starts_with("n:"))) return weight;
  const double as_word = Find("w:" + std::string(name.substr(2)));
  return as_word >= 1 ? kElsewhere * as_word : 0;
}

}  // namespace daybook::journal
