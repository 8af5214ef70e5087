namespace PrivacyFunctions.Tests.TimeMachine;

/// <summary>
/// Tests of what the timeline says was deleted. It hears the meter of the whole process, and other tests' hosts delete things in
/// it, so these run when no others do.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneWithTheMeter
{
    public const string Name = "alone with the meter";
}
