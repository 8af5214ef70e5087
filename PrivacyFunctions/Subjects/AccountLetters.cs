namespace PrivacyFunctions.Subjects;

/// <summary>How a company writes the letters of its account numbers, which tells what may be changed in one that was typed.</summary>
public enum AccountLetters
{
    /// <summary>In either case: <c>c-1</c> and <c>C-1</c> may be two accounts, so a number is taken as it is typed.</summary>
    Either,

    /// <summary>All in lower case.</summary>
    Lower,

    /// <summary>All in upper case.</summary>
    Upper,
}
