#pragma warning disable
using Footfall.Core.Sites;
namespace Footfall.Core.Enrichment;
public readonly record struct PageAddress(string Hostname, string Page) { public static PageAddress Of(string? url, SiteSettings s) => new("x", url is null ? "" : new Uri(url).AbsolutePath); }
public static class TrafficSources { public static TrafficSource Resolve(string? u, string? r, Site s) => TrafficSource.Direct; }
public static class ScreenClasses { public static string Of(int w) => "x"; }
public static class Languages { public static string Primary(string l) => l; }
public static class ReferrerSpam { public static string? Reason(string? l) => null; }
public static class Channels { public const string RulesVersion = "x"; }
