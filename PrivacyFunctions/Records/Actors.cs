namespace PrivacyFunctions.Records;

/// <summary>Who acts, as the audit chain names them.</summary>
internal static class Actors
{
    /// <summary>The person whose data it is, or whoever holds their mailbox.</summary>
    public const string Subject = "subject";

    /// <summary>This software.</summary>
    public const string System = "system";

    /// <summary>Somebody with the function key; operators get ids of their own with the console.</summary>
    public const string Operator = "operator";

    /// <summary>What an operator's id may be, for whoever gave something else.</summary>
    public const string WhatAnIdIs = "It has letters, digits, '.', '-' and '_', and is no e-mail address.";

    private const int LongestId = 64;

    /// <summary>Whether it can be an operator's id: it stands in records for years, so it names nobody.</summary>
    public static bool IsOperatorsId(string id) =>
        id.Length is > 0 and <= LongestId
        && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_');
}
