namespace PrivacyFunctions.Requests.Model;

/// <summary>By what way requests come, as facts and receipts name it. Published names stay.</summary>
public static class Channels
{
    /// <summary>The person sent the form.</summary>
    public const string Form = "form";

    /// <summary>A program sent it.</summary>
    public const string Api = "api";

    /// <summary>It is taken up again after a complaint.</summary>
    public const string Complaint = "complaint";

    /// <summary>What operators enter: it was received before it was entered, or on the same day.</summary>
    public static IReadOnlyList<string> Entered { get; } = new List<string> { "letter", "telephone", "email", "inPerson" };

    /// <summary>Whether it is one that an operator enters.</summary>
    public static bool AreEntered(string? channel) => channel is not null && Entered.Contains(channel);
}
