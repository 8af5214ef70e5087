using PrivacyFunctions.Clock;

namespace PrivacyFunctions.Tests.Scenarios.Mixed;

/// <summary>What the company of a run has chosen, where the law and our policy leave it a choice.</summary>
/// <param name="PausesForAnswers">Whether a clock stands still while a person is asked something (L4).</param>
/// <param name="TakesTwo">Whether two people have to approve an erasure, or to decide that the company ends an account.</param>
internal sealed record MixedPolicy(bool PausesForAnswers, bool TakesTwo)
{
    /// <summary>The choice of a run. Four seeds in a row have four of them.</summary>
    public static MixedPolicy Of(int seed) => new(seed % 2 == 1, seed / 2 % 2 == 1);

    /// <summary>Chooses so in an app.</summary>
    public void Set(PolicyOptions policy) => (policy.PauseForAnswers, policy.SecondPerson) = (PausesForAnswers, TakesTwo);
}
