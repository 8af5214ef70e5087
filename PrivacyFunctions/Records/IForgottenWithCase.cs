using PrivacyFunctions.Cases.Model;

namespace PrivacyFunctions.Records;

/// <summary>What is kept of a person only as long as their case is open. The workflow forgets it in its last steps.</summary>
internal interface IForgottenWithCase
{
    /// <summary>Deletes what is kept of a case; nothing happens if it is gone.</summary>
    Task ForgetAsync(CaseId id, CancellationToken cancellation);
}
