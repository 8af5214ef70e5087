namespace PrivacyFunctions.Web;

/// <summary>What is wrong in one field of a form.</summary>
/// <param name="Field">The field's id and name.</param>
/// <param name="Words">What is wrong and what to enter instead.</param>
public sealed record Mistake(string Field, string Words);
