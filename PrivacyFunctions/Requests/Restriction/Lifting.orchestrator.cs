using PrivacyFunctions.Cases;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests.Restriction;

/// <summary>How every restriction ends.</summary>
internal static class Lifting
{
    /// <summary>The person knows it before (art. 18(3)). Who cannot be told keeps the restriction, as does who was right to disagree.</summary>
    /// <returns>Whether it is lifted.</returns>
    public static async Task<bool> IsDoneAsync(CaseProcedure procedure, CaseStep step)
    {
        var day = await procedure.DoAsync(AnnounceLifting.Step, step);
        return day.At is { } at
            && await procedure.WhileAsync(ReadCaseStatus.Step, CaseStatus.Lifting, at) == CaseStatus.Lifting
            && await procedure.DoAsync(LiftRestriction.Step, step);
    }
}
