using System.CommandLine;

namespace Footfall.Server.Cli;

/// <summary>A command with examples, which its help shows at the end.</summary>
abstract class FootfallCommand(string name, string description, params string[] examples) : Command(name, description)
{
    public IReadOnlyList<string> Examples { get; } = examples;
}
