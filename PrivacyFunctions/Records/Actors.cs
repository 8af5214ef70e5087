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
}
