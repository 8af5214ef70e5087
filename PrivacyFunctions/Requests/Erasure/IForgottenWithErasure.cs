using PrivacyFunctions.Cases.Model;

namespace PrivacyFunctions.Requests.Erasure;

/// <summary>Records of ours that hold what a person said about their data, and go with the data.</summary>
internal interface IForgottenWithErasure
{
    /// <summary>Forgets what it holds of a case that is over; nothing happens if it holds nothing.</summary>
    Task ForgetAsync(CaseId id, CancellationToken cancellation);
}
