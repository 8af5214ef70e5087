using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>The same as <see cref="TerminationDatesTests"/> around a leap day, on a host of its own beside that one.</summary>
[Clause("T-ACTIVE")]
[Clause("T-BACKUP")]
public class TerminationLeapDayTests
{
    [LocalFact]
    public Task Terminations_AroundTheLeapDay_AreEmptiedOnTheirDays() => TerminationDatesTests.LiveThroughAsync(
        nights: true, new()
        {
            [new(2027, 11, 30)] = new(2028, 1, 1), // its deadline is the leap day
            [new(2028, 1, 1)] = new(2028, 3, 25),
            [new(2028, 2, 28)] = new(2028, 4, 1),
            [new(2028, 2, 29)] = new(2028, 4, 1),
            [new(2028, 3, 1)] = new(2028, 4, 1),
        });
}
