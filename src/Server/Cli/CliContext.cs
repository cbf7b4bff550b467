using Spectre.Console;

namespace Footfall.Server.Cli;

/// <summary>What a command works with, so that tests can put their own in its place.</summary>
/// <param name="Environment">The environment's variables.</param>
/// <param name="Interactive">Whether a person looks at <paramref name="Out"/> as it is written.</param>
public sealed record CliContext(
    TextWriter Out,
    TextWriter Error,
    Func<Stream> OpenInput,
    Func<string?> ReadLine,
    IReadOnlyDictionary<string, string> Environment,
    bool Interactive,
    TimeProvider Clock,
    StartServer StartServer)
{
    const int PlainWidth = 160;

    /// <summary>For tables and bars; plain text without colours or bars when nobody looks.</summary>
    public IAnsiConsole Console { get; } = Make(Out, Interactive);

    static IAnsiConsole Make(TextWriter output, bool interactive)
    {
        if (interactive)
            return AnsiConsole.Console;
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
        console.Profile.Width = PlainWidth;
        return console;
    }
}
