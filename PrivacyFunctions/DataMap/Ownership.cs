using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.DataMap;

/// <summary>What makes a data set the register of customer accounts: one record says who owns an account.</summary>
/// <param name="Account">The field that holds the account's number.</param>
/// <param name="Owner">The field that holds the id of the person who owns it.</param>
/// <param name="Since">
/// The field that says when the account was opened: by it an account is told from another one that had the number before.
/// </param>
/// <param name="Letters">How the letters of all account numbers are written, wherever one is a key.</param>
internal sealed record Ownership(string Account, string Owner, string Since, AccountLetters Letters);
