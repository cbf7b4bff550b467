namespace Footfall.Adapters.UserAgents;

/// <summary>What is done with the literals that an automaton finds.</summary>
interface ILiteralScan
{
    void Found(int literal);
}
