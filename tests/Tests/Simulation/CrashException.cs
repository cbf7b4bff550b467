namespace Footfall.Tests.Simulation;

/// <summary>Stands for the end of a process.</summary>
sealed class CrashException : Exception;
