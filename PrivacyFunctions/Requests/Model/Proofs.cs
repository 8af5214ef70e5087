namespace PrivacyFunctions.Requests.Model;

/// <summary>By what a mailbox was proven other than by the link that we mailed to it, as facts name it. Published names stay.</summary>
public static class Proofs
{
    /// <summary>Its owner was signed in at the company when they asked.</summary>
    public const string SignIn = "signIn";
}
