namespace PrivacyFunctions.Records;

/// <summary>Who acts, as the audit chain names them.</summary>
internal static class Actors
{
    /// <summary>The person whose data it is, or whoever holds their mailbox.</summary>
    public const string Subject = "subject";

    /// <summary>This software.</summary>
    public const string System = "system";

    /// <summary>A recipient of the person's data, on the page that was mailed to it.</summary>
    public const string Recipient = "recipient";

    // An entry from before operators had keys of their own.
    private const string SomeOperator = "operator";

    /// <summary>What an id may be, for whoever gave something else.</summary>
    public const string WhatAnIdIs = "It has letters, digits, '.', '-' and '_', and is no e-mail address.";

    private const int LongestId = 64;

    /// <summary>Whether it can be a caller's id, which the audit chain tells from everybody else's.</summary>
    public static bool IsCallersId(string id) =>
        IsId(id) && !((string[])[Subject, System, Recipient, SomeOperator]).Contains(id, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether it can be the id of a person or a department: it stands in records for years, so it names nobody.</summary>
    public static bool IsId(string id) =>
        id.Length is > 0 and <= LongestId
        && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_');
}
