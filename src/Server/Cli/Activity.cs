using Spectre.Console;

namespace Footfall.Server.Cli;

/// <summary>Says what a long command is at, on a terminal; elsewhere nothing, so that the mail of a nightly job holds results alone.</summary>
static class Activity
{
    public static Task<T> ShowAsync<T>(CliContext context, string begins, Func<Action<string>, Task<T>> work) => context.Interactive
        ? context.Console.Status().StartAsync(Markup.Escape(begins), status => Task.Run(() => work(text => status.Status(Markup.Escape(text)))))
        : work(_ => { });
}
