namespace PrivacyFunctions.Clock.Model;

/// <summary>Why an answer may take longer than a month (GDPR art. 12(3)).</summary>
public enum ExtensionReason
{
    /// <summary>The request is complex.</summary>
    Complex,

    /// <summary>The person sent many requests.</summary>
    ManyRequests,
}
