using System.Diagnostics;
using System.Globalization;

namespace Footfall.Tests.Cli;

/// <summary>A real web server's log, counted by our rules and once more by a program that knows none of our code.</summary>
public sealed class RealLogTests : IDisposable
{
    /// <summary>The rules for page views said again in awk, on the fields of this one log: method, path, status.</summary>
    const string PageViews = """
        zcat "$1" | awk '
        $6 != "\"GET" { next }
        $9 !~ /^(2..|304)$/ || $9 == 206 { next }
        {
          path = $7; query = ""
          mark = index(path, "?")
          if (mark) { query = substr(path, mark + 1); path = substr(path, 1, mark - 1) }
          if (path == "/robots.txt" || path == "/favicon.ico" || path ~ /^\/apple-touch-icon/) next
          if (query ~ /(^|&)(flav|feed|format|type)=(rss|atom|rdf)/ || path ~ /\/(feed|rss|atom)\/?$/) next
          name = tolower(path); sub(/.*\//, "", name)
          if (name ~ /\.(png|css|jpe?g|js|gif|ico|svg|ttf|eot|woff|swf|map|xsl|xml|rss|atom)$/) next
          if (name ~ /\.(pdf|jar|exe|gz|deb|doc|gem|tgz|zip|bz2|rpm|mp3|mp4|ps|key|csv)$/) { downloads++; next }
          pages++
        }
        END { print pages + 0, downloads + 0 }'
        """;

    readonly CliFixture _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Page_views_and_downloads_of_a_real_log_are_those_that_awk_counts()
    {
        var log = FindLog();
        var (pages, downloads) = await CountAsync(log);
        await using var server = await FakeServer.StartAsync("semicomplete.com");
        _cli.Runs(server);

        var (code, output, error) = await _cli.RunAsync("import", "--site", "semicomplete.com", log);

        Assert.Equal((0, ""), (code, error));
        Assert.Equal(pages, server.Events.Values.Count(sent => sent.GetProperty("name").GetString() == "pageview"));
        Assert.Equal(downloads, server.Events.Values.Count(sent => sent.GetProperty("name").GetString() == "download"));
        Assert.Equal(0, server.Duplicates);
        Assert.Matches(@"lines\s+10,000", output);
        Assert.Matches(@"malformed\s+0", output);
    }

    static string FindLog()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "shared", "data", "apache_access.log.gz");
            if (File.Exists(path))
                return path;
        }
        if (Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail("The real log shared/data/apache_access.log.gz is missing.");
        Assert.Skip("The real log is not on this machine.");
        return "";
    }

    static async Task<(int Pages, int Downloads)> CountAsync(string log)
    {
        var start = new ProcessStartInfo("bash", ["-c", PageViews, "count", log]) { RedirectStandardOutput = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        var answer = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var numbers = answer.Split(' ').Select(number => int.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        return (numbers[0], numbers[1]);
    }
}
