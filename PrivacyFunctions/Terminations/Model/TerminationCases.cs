using PrivacyFunctions.Cases.Model;

namespace PrivacyFunctions.Terminations.Model;

/// <summary>What the end of an account is among the kinds of cases.</summary>
public static class TerminationCases
{
    private static readonly CaseKind Kind = CaseKind.Of("termination");

    extension(CaseKind)
    {
        /// <summary>The end of a customer account and of its data (T-ACTIVE, T-BACKUP).</summary>
        public static CaseKind Termination => Kind;
    }
}
