using Footfall.Core.Enrichment;

namespace Footfall.Adapters.UserAgents;

/// <summary>
/// The class of a device from its agent: one table, the first row that matches counts. Agents without such words, mostly of apps, go by
/// their system. An iPad that asks for desktop pages says Macintosh, and counts as what it says.
/// </summary>
static class DeviceClasses
{
    static readonly DeviceRule[] Rules =
    [
        new("console", "PlayStation"), new("console", "PLAYSTATION"), new("console", "Xbox"), new("console", "Nintendo"),
        new("wearable", "watchOS"), new("wearable", "Watch OS"), new("wearable", "Apple Watch"), new("wearable", "Wear OS"),
        new("wearable", "OculusBrowser"), new("wearable", "SM-R8"), new("wearable", "SM-R9"), new("wearable", "SM-L3"),
        new("tv", "SmartTV"), new("tv", "SMART-TV"), new("tv", "Smart-TV"), new("tv", "Smart TV"), new("tv", "SmartTv"),
        new("tv", "HbbTV"), new("tv", "AppleTV"), new("tv", "Apple TV"), new("tv", "tvOS"), new("tv", "GoogleTV"),
        new("tv", "Google TV"), new("tv", "Android TV"), new("tv", "AndroidTV"), new("tv", "Chromecast"), new("tv", "CrKey"),
        new("tv", "BRAVIA"), new("tv", "NetCast"), new("tv", "Web0S"), new("tv", "webOS.TV"), new("tv", "VIDAA"), new("tv", "Roku"),
        new("tv", "Opera TV"), new("tv", "PhilipsTV"), new("tv", "NETTV"), new("tv", "MiTV"), new("tv", "MIBOX"), new("tv", "Viera"),
        new("tv", "Android", "; AFT"), new("tv", "Tizen", " TV "),
        new("mobile", "Windows Phone"), new("mobile", "Windows Mobile"), new("mobile", "Windows CE"), new("mobile", "IEMobile"),
        new("desktop", "Windows NT"), new("desktop", "CrOS"),
        new("tablet", "iPad"), new("tablet", "Tablet"), new("tablet", "PlayBook"), new("tablet", "Kindle"), new("tablet", "Silk-Accelerated"),
        new("tablet", "Android", "SM-T"), new("tablet", "Android", "SM-X"), new("tablet", "Android", "SM-P"), new("tablet", "Android", "Lenovo TB"),
        new("tablet", "Android", "Nexus 7"), new("tablet", "Android", "Nexus 10"), new("tablet", "Android", "; KF"),
        new("mobile", "iPhone"), new("mobile", "iPod"), new("mobile", "Mobile"), new("mobile", "Opera Mini"), new("mobile", "Opera Mobi"),
        new("mobile", "BlackBerry"), new("mobile", "BB10"), new("mobile", "KAIOS"), new("mobile", "UCWEB"), new("mobile", "Symbian"),
        new("mobile", "Nokia"), new("mobile", "J2ME"), new("mobile", "MIDP"), new("mobile", "Dalvik/"), new("mobile", "okhttp/"),
        // Chrome and Firefox name "Mobile" on phones, so what is left of Android are tablets.
        new("tablet", "Android", "Mozilla/"),
        new("desktop", "Macintosh"), new("desktop", "X11"), new("desktop", "Linux x86_64"), new("desktop", "Linux i686"),
        new("desktop", "Windows"), new("desktop", "Mac OS X"), new("desktop", "Mac_PowerPC"),
    ];

    static readonly Dictionary<string, string> BySystem = new(StringComparer.Ordinal)
    {
        ["iOS"] = "mobile",
        ["Android"] = "mobile",
        ["Mac OS X"] = "desktop",
        ["Windows"] = "desktop",
        ["Linux"] = "desktop",
        ["Ubuntu"] = "desktop",
        ["Chrome OS"] = "desktop",
        ["WatchOS"] = "wearable",
        ["tvOS"] = "tv",
        ["ATV OS X"] = "tv",
    };

    public static string Of(string agent, string system)
    {
        foreach (var rule in Rules)
        {
            if (rule.Matches(agent))
                return rule.Class;
        }
        return BySystem.GetValueOrDefault(system, Labels.Unknown);
    }
}
