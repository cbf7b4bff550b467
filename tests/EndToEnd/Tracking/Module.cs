using System.Diagnostics;

namespace Footfall.EndToEnd.Tracking;

/// <summary>The tracker as a package, for sites that are built with a bundler.</summary>
public sealed class Module(SharedServer shared)
{
    static readonly string Built = Path.Combine(ServerProcess.Root, "artifacts", "tracker", "dist", "module.js");

    [Fact]
    public async Task It_counts_as_the_script_does_and_keeps_what_is_said_before_it_starts()
    {
        await using var site = await MeasuredSite.OpenAsync(shared);
        site.PutPlain("/module.js", await File.ReadAllTextAsync(Built), "text/javascript");
        site.PutPlain("/", $$"""
            <!doctype html><title>Built</title>
            <script type="module">
                import { init, track } from '/module.js'
                track('before', { props: { plan: 'pro' } })
                init({ server: '{{shared.Server.Address}}', site: '{{site.Domain}}', local: true })
                init({ server: 'http://127.0.0.1:1' })
                track('after')
            </script>
            """);
        var page = await site.Browser.OpenAsync();
        await page.GotoAsync(site.LocallyAt("/"));
        await site.EventsAsync("after", 1);
        Assert.Equal("pro", Assert.Single(await site.EventsAsync("before", 1, "prop:plan")).Dimensions[1]);
        await page.EvaluateAsync("history.pushState(null, '', '/next')");
        Assert.Equal(["/", "/next"], await site.ViewsAsync(2));
    }

    [Fact]
    public async Task It_does_nothing_where_pages_are_drawn_on_a_server()
    {
        var script = $"import('{Built}').then(({{ init, track }}) => {{ init({{ server: 'https://stats.example' }}); track('pageview'); console.log('silent') }})";
        using var node = Process.Start(new ProcessStartInfo(Needs.Program("node"), ["-e", script]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        Assert.Equal("silent\n", await node.StandardOutput.ReadToEndAsync());
        await node.WaitForExitAsync();
        Assert.Equal(0, node.ExitCode);
    }
}
